using Planlane.Git;
using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

/// <summary>The names in each folder of a tree, to find two that are one on some file systems. Not thread-safe.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, HashSet<string>> _names = [];

    /// <summary>Reads the names of a tree, without those of files that go.</summary>
    public NameIndex(TreeView tree, IReadOnlySet<RepoPath> gone)
    {
        foreach (var path in tree.Paths)
            if (!gone.Contains(path))
                Add(path);
    }

    /// <summary>Whether a new path would have a twin on its way.</summary>
    public bool HasTwin(RepoPath path) => Steps(path).Any(step => _names.GetValueOrDefault(step.Folder) is { } names && NameTwins.FirstAdded([.. names, step.Name], name => name == step.Name) is not null && !names.Contains(step.Name));

    /// <summary>Adds a path.</summary>
    public void Add(RepoPath path)
    {
        foreach (var (folder, name) in Steps(path))
        {
            if (!_names.TryGetValue(folder, out var names))
                _names[folder] = names = [];
            names.Add(name);
        }
    }

    private static IEnumerable<(string Folder, string Name)> Steps(RepoPath path)
    {
        for (var at = path; at.Value.Length > 0; at = new RepoPath(at.Folder))
            yield return (at.Folder, at.Name);
    }
}
