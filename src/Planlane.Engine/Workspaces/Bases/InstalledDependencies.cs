using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>Which folders hold what a package tool installed: big, of no change while agents work, and so shared and never copied.</summary>
internal static class InstalledDependencies
{
    // What a folder in which Python was installed for one project holds, whatever its own name.
    private const string PythonMark = "pyvenv.cfg";

    private static readonly ValueList<string> Names =
        ["node_modules", "bower_components", "jspm_packages", ".pnpm-store", ".venv", "venv", ".tox", ".nox", "__pypackages__", "Pods"];

    private static readonly ValueList<string> Endings = ["vendor/bundle", ".yarn/cache", ".yarn/unplugged", "Carthage/Build", ".build/checkouts"];

    /// <summary>Whether a folder's path says so.</summary>
    public static bool AreAt(string path) => Names.Contains(path[(path.LastIndexOf('/') + 1)..]) || Endings.Any(ending => path == ending || path.EndsWith("/" + ending, StringComparison.Ordinal));

    /// <summary>Whether a folder holds some, by its path or by what is in it.</summary>
    /// <param name="path">Its path from the root.</param>
    /// <param name="full">Where it lies.</param>
    public static bool AreIn(string path, string full) => AreAt(path) || File.Exists(Path.Combine(full, PythonMark));
}
