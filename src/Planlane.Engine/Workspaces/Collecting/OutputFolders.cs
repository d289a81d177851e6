using Planlane.Values;

namespace Planlane.Workspaces.Collecting;

/// <summary>The folders into which builds and tests write, by the names that their tools give them; what lies in them is nobody's change.</summary>
/// <remarks>A name counts only where the tree has nothing below it, and no lane names it: a repository may keep scripts in <c>bin</c>.</remarks>
internal static class OutputFolders
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "bin", "obj", "artifacts", "TestResults", ".vs", "node_modules", "dist", "build", "out", "coverage", ".next", ".nuxt", ".svelte-kit", ".turbo", ".parcel-cache", ".cache", ".vite",
        ".venv", "venv", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".tox", ".nox", "target", ".gradle", ".nyc_output", "_build", "deps", ".dart_tool", "Pods", ".build",
    };

    /// <summary>The topmost such folder in which a path lies that the tree does not have; null for none.</summary>
    /// <param name="path">The path.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="lane">The lane; null for none.</param>
    public static RepoPath? Of(RepoPath path, TreeView tree, Ownership? lane)
    {
        for (var at = path.Value.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.Value.IndexOf('/', at + 1))
        {
            var folder = new RepoPath(path.Value[..at]);
            if (Names.Contains(folder.Name) && !tree.Below(folder).Any() && !IsNamedBy(lane, path, folder.Name))
                return folder;
        }

        return null;
    }

    // Whoever writes the name into a lane means the folder.
    private static bool IsNamedBy(Ownership? lane, RepoPath path, string name) => lane is not null && lane.Paths.Any(glob => glob.Value.Split('/').Contains(name) && glob.Matches(path));
}
