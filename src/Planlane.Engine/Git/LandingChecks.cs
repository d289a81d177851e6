using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>What git alone would overwrite, drop or leave inconsistent; asked while index and branch are locked.</summary>
/// <param name="repository">The repository.</param>
/// <param name="record">The landing.</param>
/// <param name="index">A refreshed copy of the user's index.</param>
internal sealed partial class LandingChecks(GitRepository repository, LandingRecord record, string index)
{
    private readonly HashSet<RepoPath> _deleted = [.. record.Changes.Where(change => change.NewId is null).Select(change => change.Path)];

    /// <summary>Why the landing must not go on, or null.</summary>
    public async Task<LandingOutcome.Refused?> FindAsync(CancellationToken cancellationToken) =>
        await WhereHeadIsAsync(cancellationToken).ConfigureAwait(false)
        ?? await OtherWorkTreesAsync(cancellationToken).ConfigureAwait(false)
        ?? UnsafePaths()
        ?? await InTheWayAsync(cancellationToken).ConfigureAwait(false)
        ?? await DryRunAsync(cancellationToken).ConfigureAwait(false);

    private async Task<LandingOutcome.Refused?> WhereHeadIsAsync(CancellationToken cancellationToken)
    {
        var state = await repository.GetStateAsync(cancellationToken).ConfigureAwait(false);
        if (state.BranchRef != record.BranchRef)
            return new(RefusalKind.BranchSwitched, $"The run started on {record.BranchRef ?? "a detached HEAD"}, and HEAD is now on {state.BranchRef ?? "no branch"}.", []);
        return state.Operation == GitOperation.None
            ? null
            : new(RefusalKind.OperationInProgress, $"A {state.Operation.Words()} is in progress. Finish or abort it: `git {state.Operation.Command()}`.", []);
    }

    private async Task<LandingOutcome.Refused?> OtherWorkTreesAsync(CancellationToken cancellationToken)
    {
        if (record.BranchRef is null || record.Standing is not null)
            return null;
        var others = (await repository.CheckedOutInAsync(record.BranchRef, cancellationToken).ConfigureAwait(false)).Where(place => !place.IsThis).Select(place => place.Folder).ToList();
        return others.Count == 0
            ? null
            : new(RefusalKind.CheckedOutElsewhere, $"{record.BranchRef} is also checked out in {string.Join(", ", others)}, which would be left looking modified.", []);
    }

    private LandingOutcome.Refused? UnsafePaths()
    {
        var paths = record.Changes
            .Where(change => change.OldMode == FileModes.Submodule || change.NewMode == FileModes.Submodule || (change.NewId is not null && change.Path.Problem is not null))
            .Select(change => change.Path).ToValueList();
        return paths.Count == 0 ? null : new(RefusalKind.UnsafePath, $"The commits change a submodule, or a path that is not safe to write: {Shown(paths)}.", paths);
    }

    private async Task<LandingOutcome.Refused?> InTheWayAsync(CancellationToken cancellationToken)
    {
        var changed = record.Changes.Select(change => change.Path).ToHashSet();
        var paths = (await ChangedByUserAsync(cancellationToken).ConfigureAwait(false)).Where(changed.Contains)
            .Concat(record.Changes.SelectMany(change => ObstaclesOf(change)))
            .Distinct().Order().ToValueList();
        return paths.Count == 0 ? null : InTheWay(paths);
    }

    // What the run itself had staged differs from HEAD, and is the user's only where it was changed again.
    private async Task<IEnumerable<RepoPath>> ChangedByUserAsync(CancellationToken cancellationToken)
    {
        if (!record.Undo || record.Standing is null)
            return (await WorkTreeStatus.ReadAsync(repository, index, untracked: false, cancellationToken).ConfigureAwait(false)).Select(entry => entry.Path);
        Task<GitOutput> Names(params string[] command) => repository.Cli.RunAsync(new GitCall([.. command, "--name-only", "-z", "--no-renames"]) { IndexFile = index }, cancellationToken);
        var staged = await Names("diff-index", "--cached", record.From.Value).ConfigureAwait(false);
        var unstaged = await Names("diff-files").ConfigureAwait(false);
        return staged.Records.Concat(unstaged.Records).Where(path => path.Length > 0).Select(path => new RepoPath(path));
    }

    // Git would overwrite ignored files, and write through a link to a folder in some of these cases.
    private IEnumerable<RepoPath> ObstaclesOf(TreeDifference change)
    {
        if (change.NewId is null)
            yield break;
        foreach (var folder in LandingRecord.FoldersOf(change.Path))
        {
            var kind = KindOf(folder);
            if (kind == WorkTreeKind.Folder)
                continue;
            if (kind == WorkTreeKind.File && !_deleted.Contains(folder))
                yield return folder;
            yield break;
        }

        if (change.OldId is not null)
            yield break;
        var there = KindOf(change.Path);
        if (there == WorkTreeKind.File)
            yield return change.Path;
        else if (there == WorkTreeKind.Folder)
        {
            foreach (var file in FilesBelow(change.Path).Where(file => !_deleted.Contains(file)))
                yield return file;
        }
    }

    private IEnumerable<RepoPath> FilesBelow(RepoPath folder) => Directory.EnumerateFileSystemEntries(Path.Combine(repository.Root, folder.Value))
        .Select(path => new RepoPath($"{folder}/{Path.GetFileName(path)}"))
        .SelectMany(path => KindOf(path) == WorkTreeKind.Folder ? FilesBelow(path) : [path]);

    private WorkTreeKind KindOf(RepoPath path) => WorkTreeFile.KindOf(Path.Combine(repository.Root, path.Value));

    private async Task<LandingOutcome.Refused?> DryRunAsync(CancellationToken cancellationToken)
    {
        var answer = await repository.Cli.RunAsync(
            new GitCall("read-tree", "-m", "-u", "-n", record.From.Value, record.To.Value) { IndexFile = index, Accepted = [0, 1, 128] }, cancellationToken).ConfigureAwait(false);
        if (answer.ExitCode == 0)
            return null;
        var paths = Quoted().Matches(answer.Error).Select(match => new RepoPath(match.Groups[1].Value)).Distinct().ToValueList();
        return paths.Count > 0 ? InTheWay(paths) : new(RefusalKind.UserChangesInTheWay, $"Git cannot bring the work tree along: {answer.Error.Trim()}", []);
    }

    private static LandingOutcome.Refused InTheWay(ValueList<RepoPath> paths) =>
        new(RefusalKind.UserChangesInTheWay, $"Your own changes are in the way: {Shown(paths)}. Commit, stash or move them.", paths);

    private static string Shown(ValueList<RepoPath> paths) => string.Join(", ", paths.Take(5)) + (paths.Count > 5 ? $" and {paths.Count - 5} more" : "");

    [GeneratedRegex("'([^'\n]+)'")]
    private static partial Regex Quoted();
}
