using Planlane.Requests.Sources;

namespace Planlane.Requests.Toolchains;

/// <summary>The targets of makefiles that build and test.</summary>
internal static class MakeToolchain
{
    private static readonly string[] Files = ["GNUmakefile", "makefile", "Makefile"];
    private static readonly string[] BuildTargets = ["build", "all"];
    private static readonly string[] TestTargets = ["test", "tests", "check"];

    public static IEnumerable<ProjectCommand> Find(ProjectFolders folders)
    {
        foreach (var folder in folders.All)
        {
            if (folders.FirstOf(folder, Files) is not { } name)
                continue;
            var targets = TargetsOf(folders.TextOf(folder, name));
            var build = BuildTargets.FirstOrDefault(targets.Contains);
            var test = TestTargets.FirstOrDefault(targets.Contains);
            if (build is not null || test is not null)
                yield return new ProjectCommand("make", Folders.In(folder, name), Command(folder, build), Command(folder, test));
        }
    }

    private static string? Command(string folder, string? target) => target is null ? null : ProjectFolders.In(folder, $"make {target}");

    // "a b: c" names two targets; "a := b" and "a ::= b" set a variable, and recipes begin with a tab.
    private static HashSet<string> TargetsOf(string text)
    {
        var targets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '#' && !line[colon..].TrimStart(':').StartsWith('=') && !line[..colon].Contains('='))
                targets.UnionWith(line[..colon].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return targets;
    }
}
