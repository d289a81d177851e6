using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>What git says of the user's files against a tree, now.</summary>
/// <param name="Changed">The paths at which the user's file is not what the tree says.</param>
/// <param name="Absent">The paths that the sparse checkout leaves out.</param>
internal sealed record TrackedLook(HashSet<string> Changed, HashSet<string> Absent)
{
    // An index of folders instead of files, or one in two parts, could not be handed on.
    private static readonly ValueList<string> WholeIndex = ["index.sparse=false", "core.untrackedCache=false"];

    /// <summary>Looks. Only files whose stamps do not vouch for them are read.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="index">A copy of the user's index; becomes that of the tree.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task<TrackedLook> TakeAsync(GitRepository repository, PrivateIndex index, ObjectId tree, CancellationToken cancellationToken)
    {
        await repository.Cli.RunAsync(Call(index, "read-tree", "--reset", tree.Value), cancellationToken).ConfigureAwait(false);
        var flags = (await repository.Cli.RunAsync(Call(index, "ls-files", "-v", "-z"), cancellationToken).ConfigureAwait(false)).Records.Where(record => record.Length > 2).ToList();
        // The user told git not to look at these; we must.
        var assumed = flags.Where(record => char.IsLower(record[0])).Select(record => record[2..]).ToList();
        if (assumed.Count > 0)
            await repository.Cli.RunAsync(Call(index, "update-index", "--no-assume-unchanged", "-z", "--stdin") with { Input = GitCall.Lines(assumed, '\0') }, cancellationToken).ConfigureAwait(false);
        await repository.Cli.RunAsync(Call(index, "update-index", "-q", "--refresh", "--ignore-submodules") with { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        var changed = await repository.Cli.RunAsync(Call(index, "diff-files", "-z", "--name-only", "--no-renames", "--ignore-submodules=all"), cancellationToken).ConfigureAwait(false);
        return new TrackedLook(
            [.. changed.Records.Where(path => path.Length > 0)],
            [.. flags.Where(record => record[0] is 'S' or 's').Select(record => record[2..])]);
    }

    private static GitCall Call(PrivateIndex index, params string[] arguments) => new(arguments) { IndexFile = index.Path, Settings = WholeIndex };
}
