using Planlane.Requests.Sources;

namespace Planlane.Requests.Toolchains;

/// <summary>The commands of Cargo, Go, Maven and Gradle, each of which builds all that lies below its outermost file.</summary>
internal static class CompiledToolchains
{
    /// <summary>Cargo; of a workspace, every member.</summary>
    public static IEnumerable<ProjectCommand> Cargo(ProjectFolders folders) => Outermost(folders, ["Cargo.toml"], folder => new TomlText(folders.TextOf(folder, "Cargo.toml")).HasTable("workspace"))
        .Select(found =>
        {
            var all = new TomlText(folders.TextOf(found.Folder, found.Name)).HasTable("workspace") ? " --workspace" : "";
            return Command("cargo", found, $"cargo build{all}", $"cargo test{all}");
        });

    /// <summary>Go; each module builds by itself.</summary>
    public static IEnumerable<ProjectCommand> Go(ProjectFolders folders) => Outermost(folders, ["go.mod"], _ => false)
        .Select(found => Command("go", found, "go build ./...", folders.AnyBelow(found.Folder, path => path.Name.EndsWith("_test.go", StringComparison.Ordinal)) ? "go test ./..." : null));

    /// <summary>Maven, by the wrapper where there is one.</summary>
    public static IEnumerable<ProjectCommand> Maven(ProjectFolders folders) => Outermost(folders, ["pom.xml"], _ => true)
        .Select(found =>
        {
            var tool = folders.Has(found.Folder, "mvnw") ? "./mvnw" : "mvn";
            return Command("maven", found, $"{tool} -B test-compile", $"{tool} -B test");
        });

    /// <summary>Gradle, by the wrapper where there is one.</summary>
    public static IEnumerable<ProjectCommand> Gradle(ProjectFolders folders) => Outermost(folders, ["settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts"], _ => true)
        .Select(found =>
        {
            var tool = folders.Has(found.Folder, "gradlew") ? "./gradlew" : "gradle";
            return Command("gradle", found, $"{tool} assemble", $"{tool} test");
        });

    private static IEnumerable<(string Folder, string Name)> Outermost(ProjectFolders folders, string[] names, Predicate<string> covers)
    {
        var covered = new List<string>();
        foreach (var folder in folders.All)
        {
            if (folders.FirstOf(folder, names) is not { } name || covered.Exists(above => Folders.Holds(above, folder)))
                continue;
            if (covers(folder))
                covered.Add(folder);
            yield return (folder, name);
        }
    }

    private static ProjectCommand Command(string toolchain, (string Folder, string Name) found, string build, string? test) =>
        new(toolchain, Folders.In(found.Folder, found.Name), ProjectFolders.In(found.Folder, build), test is null ? null : ProjectFolders.In(found.Folder, test));
}
