using Planlane.Requests.Toolchains;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The build and test commands that a repository's own files suggest.</summary>
public static class ProjectCommands
{
    // A repository of many small projects is no better known by a longer list.
    private const int Most = 12;

    private static readonly HashSet<string> Manifests =
        ["global.json", "package.json", "Cargo.toml", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "requirements.txt", "GNUmakefile", "makefile", "Makefile"];

    /// <summary>Whether <see cref="Of"/> needs the text of a file.</summary>
    public static bool NeedsText(RepoPath path) => Manifests.Contains(path.Name) && ProjectFolders.MayHoldProject(path);

    /// <summary>The commands, those of the outermost folders first, and of one folder in the order of how telling the file is; at most twelve.</summary>
    /// <remarks>Projects that another builds along, such as the projects of a solution and the members of a workspace, are left out, and so is what lies in folders
    /// of examples, test data and foreign code. A command is only named when the files show that it exists.</remarks>
    /// <param name="files">Every path of the tree.</param>
    /// <param name="manifests">The texts that <see cref="NeedsText"/> asks for; what is missing is taken as empty.</param>
    public static ValueList<ProjectCommand> Of(IEnumerable<RepoPath> files, IReadOnlyDictionary<RepoPath, string> manifests)
    {
        var folders = new ProjectFolders(files, manifests);
        IEnumerable<ProjectCommand>[] found =
        [
            DotnetToolchain.Find(folders),
            NodeToolchain.Find(folders),
            CompiledToolchains.Cargo(folders),
            CompiledToolchains.Go(folders),
            PythonToolchain.Find(folders),
            CompiledToolchains.Maven(folders),
            CompiledToolchains.Gradle(folders),
            MakeToolchain.Find(folders),
        ];
        return found.SelectMany(commands => commands).OrderBy(command => command.Source.Count(letter => letter == '/')).Take(Most).ToValueList();
    }
}
