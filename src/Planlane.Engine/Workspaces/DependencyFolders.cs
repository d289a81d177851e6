using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Lends installed dependencies to a folder in which commands run: they are not in git, and builds fail without them.</summary>
public static class DependencyFolders
{
    /// <summary>The folders that are lent when the user's work tree has them in its root and the tree does not.</summary>
    public static ValueList<string> Names { get; } = ["node_modules", ".venv", "venv"];

    /// <summary>Links the user's dependency folders into a folder; what is there already is left alone. They are shared, not copied: a command that installs packages changes the user's.</summary>
    /// <param name="root">The root of the user's work tree.</param>
    /// <param name="folder">The folder in which commands will run.</param>
    public static void Lend(string root, string folder)
    {
        foreach (var name in Names)
        {
            var link = Path.Combine(folder, name);
            if (Directory.Exists(Path.Combine(root, name)) && !Path.Exists(link))
                Directory.CreateSymbolicLink(link, Path.Combine(root, name));
        }
    }
}
