using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>What a run starts from.</summary>
/// <param name="Commit">The commit that HEAD named.</param>
/// <param name="Tree">The tree of the work tree as it was: staged, unstaged and untracked work included, ignored files not.</param>
/// <param name="BranchRef">The branch that HEAD named; null when it was detached.</param>
/// <param name="Uncommitted">The paths at which the tree may differ from the commit's, in ordinal order.</param>
public sealed record Snapshot(ObjectId Commit, ObjectId Tree, string? BranchRef, ValueList<RepoPath> Uncommitted);

/// <summary>Takes snapshots of a work tree.</summary>
public static class Snapshots
{
    /// <summary>Stores the work tree, as <c>git add -A</c> would, in a tree object; index, refs and files stay as they are.</summary>
    /// <remarks>Filter drivers of the user's configuration run, as for <c>git add</c>. A repository nested in the work tree is left out.</remarks>
    /// <exception cref="PlanlaneException">Usage: there is no commit yet.</exception>
    /// <exception cref="GitException">A file cannot be read.</exception>
    public static async Task<Snapshot> SnapshotAsync(this GitRepository repository, CancellationToken cancellationToken)
    {
        var state = await repository.GetStateAsync(cancellationToken).ConfigureAwait(false);
        if (state.Head is not { } head)
            throw new PlanlaneException(FaultKind.Usage, "The repository has no commit yet.", "Make a first commit: `git add -A && git commit`.");

        using var index = PrivateIndex.CopyOf(repository.IndexPath);
        var status = await WorkTreeStatus.ReadAsync(repository, index.Path, untracked: true, cancellationToken).ConfigureAwait(false);
        var nested = status.Where(entry => entry.Path.Value.EndsWith('/')).Select(entry => $":(exclude,top,literal){entry.Path.Value.TrimEnd('/')}");
        // One flush for all files: there may be thousands that git does not have yet.
        await repository.Cli.RunAsync(new GitCall(["add", "-A", "--", ":(top)", .. nested]) { IndexFile = index.Path, Settings = ["core.fsyncMethod=batch"] }, cancellationToken).ConfigureAwait(false);
        var tree = await repository.Cli.TextAsync(new GitCall("write-tree") { IndexFile = index.Path }, cancellationToken).ConfigureAwait(false);
        var uncommitted = status.Where(entry => !entry.Path.Value.EndsWith('/')).Select(entry => entry.Path).Distinct().Order();
        return new Snapshot(head, new ObjectId(tree), state.BranchRef, uncommitted.ToValueList());
    }
}
