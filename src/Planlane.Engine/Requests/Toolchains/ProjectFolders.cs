using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Requests.Toolchains;

/// <summary>The files of a tree by folder, as the recognition of commands needs them.</summary>
internal sealed class ProjectFolders
{
    // Deeper projects, and those in such folders, are examples and data more often than parts of the product.
    private const int MostDepth = 3;

    private static readonly HashSet<string> Foreign = ["node_modules", "vendor", "third_party", "fixtures", "__fixtures__", "testdata", "examples", "samples", "templates"];

    private readonly Dictionary<string, HashSet<string>> _names;
    private readonly HashSet<RepoPath> _files;
    private readonly IReadOnlyDictionary<RepoPath, string> _texts;

    public ProjectFolders(IEnumerable<RepoPath> files, IReadOnlyDictionary<RepoPath, string> texts)
    {
        _files = [.. files];
        _texts = texts;
        _names = _files.Where(MayHoldProject).GroupBy(path => path.Folder).ToDictionary(group => group.Key, group => group.Select(path => path.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        All = _names.Keys.OrderBy(DepthOf).ThenBy(folder => folder, StringComparer.Ordinal).ToValueList();
    }

    /// <summary>The folders that may hold a project, those near to the root first.</summary>
    public ValueList<string> All { get; }

    /// <summary>Whether a path lies where projects of the product lie.</summary>
    public static bool MayHoldProject(RepoPath path) =>
        DepthOf(path.Folder) <= MostDepth && !path.Value.Split('/')[..^1].Any(Foreign.Contains);

    public bool Has(string folder, string name) => _names.TryGetValue(folder, out var names) && names.Contains(name);

    /// <summary>The first of some names that a folder has, or null.</summary>
    public string? FirstOf(string folder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Has(folder, name))
                return name;
        return null;
    }

    /// <summary>The names in a folder that end in some way, in order.</summary>
    public IEnumerable<string> Ending(string folder, string ending) =>
        _names.TryGetValue(folder, out var names) ? names.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal) : [];

    /// <summary>The text of a manifest; empty when it is not there or was not read.</summary>
    public string TextOf(string folder, string name) => _texts.GetValueOrDefault(new RepoPath(Folders.In(folder, name))) ?? "";

    /// <summary>Whether a folder, or one inside of it, has a file whose path below it fits.</summary>
    public bool AnyBelow(string folder, Predicate<RepoPath> fits) => _files.Any(path => Folders.Holds(folder, path.Value) && fits(path));

    /// <summary>A command of a folder, as one runs it from the root.</summary>
    public static string In(string folder, string command) => folder.Length == 0 ? command : $"cd {Quoted(folder)} && {command}";

    /// <summary>A name as a shell takes it.</summary>
    public static string Quoted(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+@".Contains(letter)) ? name : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static int DepthOf(string folder) => folder.Length == 0 ? 0 : folder.Count(letter => letter == '/') + 1;
}
