using System.Text.Json;
using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The names that <c>tsconfig.json</c> and <c>jsconfig.json</c> give to paths: <c>baseUrl</c> and <c>paths</c>.</summary>
/// <param name="tree">The tree that they lie in.</param>
/// <param name="packages">Its packages; a configuration may extend one of a package.</param>
internal sealed class TypeScriptPaths(SourceTree tree, JavaScriptPackages packages)
{
    // Longer chains are circles.
    private const int MostExtends = 8;

    private readonly Dictionary<string, Names?> _byFolder = new(StringComparer.Ordinal);

    /// <summary>Whether a file may configure the compiler, or be extended by one that does.</summary>
    public static bool IsConfiguration(RepoPath path) =>
        path.Name.EndsWith(".json", StringComparison.Ordinal) && !path.Value.Split('/').Contains("node_modules")
        && path.Value.Split('/').Any(part => part.Contains("tsconfig", StringComparison.Ordinal) || part.StartsWith("jsconfig", StringComparison.Ordinal));

    /// <summary>The paths that an import may mean by the configuration nearest above a folder; extensions not resolved.</summary>
    public IEnumerable<string> Candidates(string folder, string import)
    {
        if (Folders.Upward(folder).Select(InFolder).FirstOrDefault(names => names is not null) is not { } found)
            return [];
        var mapped = found.Paths.Where(path => StarPattern.Match(path.Pattern, import) is not null).OrderByDescending(path => path.Pattern.TrimEnd('*').Length).Take(1)
            .SelectMany(path => path.Targets.Select(target => target.Replace("*", StarPattern.Match(path.Pattern, import), StringComparison.Ordinal)));
        return mapped.Concat(found.BaseUrl is null ? [] : [import]).Select(target => Folders.Join(found.BaseUrl ?? found.Home, target)).OfType<string>();
    }

    private Names? InFolder(string folder)
    {
        if (!_byFolder.TryGetValue(folder, out var names))
            _byFolder[folder] = names = new[] { "tsconfig.json", "jsconfig.json" }.Select(name => Load(Folders.In(folder, name), 0)).FirstOrDefault(loaded => loaded is not null);
        return names;
    }

    // What a file says comes before what it extends; a file that only refers to others has the names of those.
    private Names? Load(string file, int depth)
    {
        if (depth > MostExtends || !tree.Texts.TryGetValue(new RepoPath(file), out var text))
            return null;
        var json = JsonTexts.Parse(text);
        var folder = Folders.Above(file);
        var inherited = json.Member("extends").Strings().Reverse().Select(name => Extended(folder, name) is { } path ? Load(path, depth + 1) : null).FirstOrDefault(names => names is not null);
        var options = json.Member("compilerOptions");
        var baseUrl = options.Member("baseUrl").AsText() is { } url ? Folders.Join(folder, url) : inherited?.BaseUrl;
        if (options.Member("paths") is { ValueKind: JsonValueKind.Object } paths)
            return new Names(folder, baseUrl, [.. paths.EnumerateObject().Select(path => (path.Name, path.Value.Strings().ToArray()))]);
        if (baseUrl is not null || inherited is not null)
            return new Names(inherited?.Home ?? folder, baseUrl, inherited?.Paths ?? []);
        return json.Member("references") is { ValueKind: JsonValueKind.Array } references
            ? references.EnumerateArray().Select(reference => reference.Member("path").AsText() is { } path ? Load(FileOf(Folders.Join(folder, path)), depth + 1) : null)
                .FirstOrDefault(names => names is not null)
            : null;
    }

    private string? Extended(string folder, string name)
    {
        if (name.StartsWith('.'))
            return FileOf(Folders.Join(folder, name));
        var parts = name.Split('/');
        var length = name.StartsWith('@') && parts.Length > 1 ? 2 : 1;
        return packages.FolderOf(string.Join('/', parts[..length])) is { } home ? FileOf(Folders.In(home, string.Join('/', parts[length..]))) : null;
    }

    private string FileOf(string? path) => new[] { path, $"{path}.json" }.FirstOrDefault(file => file is not null && tree.Texts.ContainsKey(new RepoPath(file)))
        ?? Folders.In(path ?? "", "tsconfig.json");

    private sealed record Names(string Home, string? BaseUrl, (string Pattern, string[] Targets)[] Paths);
}
