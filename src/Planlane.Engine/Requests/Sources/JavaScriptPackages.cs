using System.Text.Json;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The packages of a tree by their <c>package.json</c>, and the files that their names lead to.</summary>
/// <remarks>Every package of the tree can be imported by its name, as in a workspace; of two with one name, the one nearer to the root counts.</remarks>
internal sealed class JavaScriptPackages
{
    private static readonly string[] Mains = ["source", "module", "main", "types", "typings", "browser"];

    private readonly Dictionary<string, JsonElement> _byFolder;
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    public JavaScriptPackages(SourceTree tree)
    {
        _byFolder = tree.Texts.Where(file => IsPackage(file.Key)).ToDictionary(file => file.Key.Folder, file => JsonTexts.Parse(file.Value), StringComparer.Ordinal);
        foreach (var (folder, package) in _byFolder.OrderBy(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            if (package.Member("name").AsText() is { Length: > 0 } name)
                _folders.TryAdd(name, folder);
    }

    /// <summary>Whether a file describes a package of the tree's own.</summary>
    public static bool IsPackage(RepoPath path) => path.Name == "package.json" && !path.Value.Split('/').Contains("node_modules");

    /// <summary>The folders of the packages that a folder lies in, the nearest first.</summary>
    public IEnumerable<string> FoldersAbove(string folder) => Folders.Upward(folder).Where(_byFolder.ContainsKey);

    /// <summary>The folder of a package by its name, or null.</summary>
    public string? FolderOf(string name) => _folders.GetValueOrDefault(name);

    /// <summary>What a folder's own package names as its entry.</summary>
    public IEnumerable<string> MainsOf(string folder)
    {
        var package = _byFolder.GetValueOrDefault(folder);
        return Mains.Select(main => package.Member(main).AsText()).OfType<string>().Where(main => main is not ("" or "." or "./")).Select(main => Folders.Join(folder, main)).OfType<string>();
    }

    /// <summary>The paths that an import by a package's name, or by <c>#name</c>, may mean; the likeliest first, extensions not resolved.</summary>
    public IEnumerable<string> Candidates(string from, string import)
    {
        if (import.StartsWith('#'))
            return FoldersAbove(from).Take(1).SelectMany(folder => Targets(folder, _byFolder[folder].Member("imports"), import));
        var parts = import.Split('/');
        var length = import.StartsWith('@') && parts.Length > 1 ? 2 : 1;
        if (FolderOf(string.Join('/', parts[..length])) is not { } home)
            return [];
        var inner = string.Join('/', parts[length..]);
        return Targets(home, _byFolder[home].Member("exports"), inner.Length == 0 ? "." : $"./{inner}")
            .Concat(inner.Length == 0
                ? MainsOf(home).Append(Folders.In(home, "src/index")).Append(Folders.In(home, "index")).Append(Folders.In(home, "lib/index"))
                : [Folders.In(home, inner), Folders.In(home, $"src/{inner}")]);
    }

    // A map of exports or imports: keys may hold one star, values may be conditions.
    private static IEnumerable<string> Targets(string folder, JsonElement map, string key)
    {
        if (map.ValueKind != JsonValueKind.Object || !map.EnumerateObject().Any(member => member.Name.StartsWith('.') || member.Name.StartsWith('#')))
            return key == "." ? Paths(folder, map, "") : [];
        return map.EnumerateObject().Where(member => StarPattern.Match(member.Name, key) is not null).OrderByDescending(member => member.Name.TrimEnd('*').Length)
            .SelectMany(member => Paths(folder, member.Value, StarPattern.Match(member.Name, key) ?? ""));
    }

    private static IEnumerable<string> Paths(string folder, JsonElement target, string star) =>
        target.Strings().Where(path => path.StartsWith('.')).Select(path => Folders.Join(folder, path.Replace("*", star, StringComparison.Ordinal))).OfType<string>();
}
