using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>Where a tree leaves room for files that it does not hold. The user may have put an ignored folder where the tree has a file, or a file where it has a folder.</summary>
/// <param name="tree">What the tree holds.</param>
internal sealed class TreePlaces(IReadOnlyDictionary<RepoPath, TreeEntry> tree)
{
    private readonly HashSet<string> _folders = [.. tree.Keys.SelectMany(path => Above(path.Value))];

    /// <summary>Whether something can lie at a path beside all that the tree holds.</summary>
    public bool AreFreeFor(string path) =>
        !_folders.Contains(path) && !tree.ContainsKey(new RepoPath(path)) && !Above(path).Any(folder => tree.GetValueOrDefault(new RepoPath(folder)) is { Mode: not FileModes.Submodule });

    /// <summary>The folders above a path, the nearest first.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
            yield return path[..at];
    }
}
