using Planlane.Agents;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Collects what came of a task from the object database, never from the agent's word.</summary>
/// <param name="repository">The repository.</param>
/// <param name="trees">Makes the trees that are compared.</param>
public sealed class ReportCollector(GitRepository repository, TreeWriter trees)
{
    /// <summary>The report of a task whose attempt has ended.</summary>
    public async Task<TaskReport> CollectAsync(RunState state, TaskState task, CancellationToken cancellationToken)
    {
        var born = await TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id), cancellationToken).ConfigureAwait(false);
        var now = await TreeOf(born, [task.Changes], cancellationToken).ConfigureAwait(false);
        var evidence = new Evidence(await CountAsync(born, now, cancellationToken).ConfigureAwait(false))
        {
            Commands = task.Commands.Select(RanOf).ToValueList(),
            Existing = await ExistingAsync(now, CriteriaRules.PathsOf(task), cancellationToken).ConfigureAwait(false),
        };
        return ReportRules.Of(task, evidence, state.Settings.Mode is RunMode.Single);
    }

    /// <summary>A tree with change sets on top, in their order.</summary>
    public async Task<ObjectId> TreeOf(ObjectId tree, IEnumerable<ChangeSet> changes, CancellationToken cancellationToken)
    {
        var all = changes.Aggregate(ChangeSet.Empty, (below, above) => below.Then(above)).Files.Select(file => new TreeChange(file.Path, file.Blob, file.Mode)).ToList();
        return all.Count == 0 ? tree : await trees.WriteTreeAsync(tree, all, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The files that differ between two trees, with their counted lines.</summary>
    public async Task<ValueList<FileStat>> CountAsync(ObjectId before, ObjectId after, CancellationToken cancellationToken) =>
        (await trees.Objects.CompareAsync(before, after, cancellationToken).ConfigureAwait(false)).Select(StatOf).ToValueList();

    // Folders are there when something in them is. Most tasks name no path that must be looked up.
    private async Task<ValueList<RepoPath>> ExistingAsync(ObjectId tree, ValueList<RepoPath> paths, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            return [];
        var files = await repository.ListTreeAsync(tree, cancellationToken).ConfigureAwait(false);
        return paths.Where(path => files.ContainsKey(path) || files.Keys.Any(file => file.Value.StartsWith(path.Value.TrimEnd('/') + "/", StringComparison.Ordinal))).ToValueList();
    }

    private static Ran RanOf(CommandRun command)
    {
        var read = CheckOutput.Read(command.Output, "/", command.ExitCode);
        return new Ran(command.Command, command.ExitCode, read.Tests, read.Cases);
    }

    private static FileStat StatOf(TreeDifference difference) => new(
        difference.Path,
        difference.Status switch
        {
            'A' => FileChangeKind.Created,
            'D' => FileChangeKind.Deleted,
            _ => FileChangeKind.Changed,
        },
        difference.Added ?? 0,
        difference.Deleted ?? 0);
}
