using Planlane.Requests.Sources;

namespace Planlane.Requests.Toolchains;

/// <summary>The commands of .NET projects: of a solution where there is one, else of the projects.</summary>
internal static class DotnetToolchain
{
    private static readonly string[] Projects = [".csproj", ".fsproj", ".vbproj"];

    public static IEnumerable<ProjectCommand> Find(ProjectFolders folders)
    {
        var covered = new List<string>();
        foreach (var folder in folders.All)
        {
            var solutions = folders.Ending(folder, ".slnx").Concat(folders.Ending(folder, ".sln")).ToList();
            var projects = Projects.SelectMany(ending => folders.Ending(folder, ending)).ToList();
            if (solutions.Count + projects.Count == 0 || covered.Exists(above => Folders.Holds(above, folder)))
                continue;
            if (solutions.Count > 0)
                covered.Add(folder);
            var source = solutions.Concat(projects).First();
            yield return Of(folders, folder, source, isAlone: solutions.Count + projects.Count == 1, isSolution: solutions.Count > 0);
        }
    }

    // Where a folder holds several, dotnet wants to be told which; the newer test runner wants an option for that.
    private static ProjectCommand Of(ProjectFolders folders, string folder, string source, bool isAlone, bool isSolution)
    {
        var name = ProjectFolders.Quoted(source);
        var hasTests = folders.AnyBelow(folder, path => Projects.Any(ending => path.Name.EndsWith(ending, StringComparison.Ordinal)) && path.Value.Contains("test", StringComparison.OrdinalIgnoreCase));
        var option = !UsesTestingPlatform(folders, folder) ? "" : isSolution ? "--solution " : "--project ";
        return new ProjectCommand(
            "dotnet",
            Folders.In(folder, source),
            ProjectFolders.In(folder, isAlone ? "dotnet build" : $"dotnet build {name}"),
            hasTests ? ProjectFolders.In(folder, isAlone ? "dotnet test" : $"dotnet test {option}{name}") : null);
    }

    private static bool UsesTestingPlatform(ProjectFolders folders, string folder) =>
        Folders.Upward(folder).Any(above => folders.TextOf(above, "global.json").Contains("Microsoft.Testing.Platform", StringComparison.Ordinal));
}
