using Planlane.Git;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Planning;

namespace Planlane.Runs;

/// <summary>Removes what runs that have ended leave: workspaces, and private refs that keep objects alive for ever. What one that goes on has is kept, as it adopts that.</summary>
/// <param name="repository">The repository.</param>
/// <param name="folders">Where its runs are.</param>
internal sealed class RunTidying(GitRepository repository, RunFolders folders)
{
    /// <summary>Removes what processes left that were killed between the end of a run and its tidying.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // In this order: a run that another process begins meanwhile is not taken for an unknown one.
        var found = folders.RunsWithWorkspaces();
        var known = folders.List();
        foreach (var id in found)
            if (!known.Contains(id) || await JsonLinesJournal.TryLoadAsync(folders.JournalOf(id), cancellationToken).ConfigureAwait(false) is { End: not null })
                folders.RemoveWorkspaces(id);
        foreach (var id in await repository.RunsWithRefsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await JsonLinesJournal.TryLoadAsync(folders.JournalOf(id), cancellationToken).ConfigureAwait(false) is not { End: not null } ended)
                continue;
            try
            {
                await CleanAsync(ended).ConfigureAwait(false);
            }
            catch (GitException)
            {
                // Another process tidies at the same time; what it leaves is found the next time.
            }
        }
    }

    /// <summary>Removes what a run has left that has ended, and keeps what the next estimates learn of it.</summary>
    public async Task CleanAsync(RunState ended)
    {
        folders.RemoveWorkspaces(ended.Id);
        await repository.DeleteRefsAsync(ended.Id, CancellationToken.None).ConfigureAwait(false);
        await new EstimateHistory(folders).AddAsync(ended, CancellationToken.None).ConfigureAwait(false);
    }
}
