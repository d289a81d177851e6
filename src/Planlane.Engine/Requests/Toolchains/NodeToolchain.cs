using System.Text.Json;
using Planlane.Requests.Sources;

namespace Planlane.Requests.Toolchains;

/// <summary>The scripts of <c>package.json</c> files, with the package manager that the project uses.</summary>
internal static class NodeToolchain
{
    // What "npm init" writes when nobody says otherwise.
    private const string NoTest = "no test specified";

    private static readonly string[] Tools = ["npm", "pnpm", "yarn", "bun"];
    private static readonly string[] BuildScripts = ["build", "compile", "typecheck", "type-check"];
    private static readonly (string File, string Tool)[] LockFiles =
        [("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lock", "bun"), ("bun.lockb", "bun"), ("package-lock.json", "npm"), ("npm-shrinkwrap.json", "npm")];

    public static IEnumerable<ProjectCommand> Find(ProjectFolders folders)
    {
        var workspaces = new List<string>();
        foreach (var folder in folders.All.Where(folder => folders.Has(folder, "package.json")))
        {
            var package = JsonTexts.Parse(folders.TextOf(folder, "package.json"));
            var scripts = package.Member("scripts");
            var build = BuildScripts.FirstOrDefault(name => scripts.Member(name).AsText() is { Length: > 0 });
            var hasTest = scripts.Member("test").AsText() is { Length: > 0 } test && !test.Contains(NoTest, StringComparison.Ordinal);
            if ((build is null && !hasTest) || workspaces.Exists(above => Folders.Holds(above, folder)))
                continue;
            if (package.Member("workspaces").ValueKind != JsonValueKind.Undefined || folders.Has(folder, "pnpm-workspace.yaml"))
                workspaces.Add(folder);
            var tool = ToolOf(folders, folder);
            yield return new ProjectCommand(
                tool,
                Folders.In(folder, "package.json"),
                build is null ? null : ProjectFolders.In(folder, $"{tool} run {build}"),
                hasTest ? ProjectFolders.In(folder, tool == "bun" ? "bun run test" : $"{tool} test") : null);
        }
    }

    private static string ToolOf(ProjectFolders folders, string folder)
    {
        foreach (var above in Folders.Upward(folder))
        {
            if (JsonTexts.Parse(folders.TextOf(above, "package.json")).Member("packageManager").AsText()?.Split('@')[0] is { } named && Tools.Contains(named))
                return named;
            foreach (var (file, tool) in LockFiles)
                if (folders.Has(above, file))
                    return tool;
        }

        return "npm";
    }
}
