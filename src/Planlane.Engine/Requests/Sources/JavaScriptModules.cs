using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Finds the files that imports of TypeScript and JavaScript name: as Node.js, the TypeScript compiler and bundlers do.</summary>
internal sealed class JavaScriptModules
{
    private static readonly string[] TypeScriptExtensions = [".ts", ".tsx", ".d.ts", ".mts", ".cts"];
    private static readonly string[] JavaScriptExtensions = [".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte"];

    // TypeScript names the file that it will become: ./x.js is x.ts.
    private static readonly Dictionary<string, string[]> Written = new(StringComparer.Ordinal)
    {
        [".js"] = [".ts", ".tsx", ".d.ts"],
        [".jsx"] = [".tsx"],
        [".mjs"] = [".mts", ".d.mts"],
        [".cjs"] = [".cts", ".d.cts"],
    };

    // What builds write, and where the sources of that lie.
    private static readonly string[] BuiltFolders = ["dist", "lib", "build", "out", "esm", "cjs", "es"];

    private readonly HashSet<string> _files;
    private readonly JavaScriptPackages _packages;
    private readonly TypeScriptPaths _paths;

    public JavaScriptModules(IEnumerable<RepoPath> files, SourceTree tree)
    {
        _files = files.Select(path => path.Value).ToHashSet(StringComparer.Ordinal);
        _packages = new JavaScriptPackages(tree);
        _paths = new TypeScriptPaths(tree, _packages);
    }

    /// <summary>The file of the tree that an import names, or null.</summary>
    public RepoPath? Find(RepoPath from, string import)
    {
        var name = import.IndexOf('?', StringComparison.Ordinal) is var query and > 0 ? import[..query] : import;
        var prefersScript = JavaScriptExtensions.Any(extension => from.Name.EndsWith(extension, StringComparison.Ordinal));
        foreach (var candidate in name.StartsWith('.') ? Relative(from, name) : Named(from, name))
            if (AtPath(candidate, prefersScript, depth: 0) is { } found)
                return new RepoPath(found);
        return null;
    }

    private static IEnumerable<string> Relative(RepoPath from, string name) => Folders.Join(from.Folder, name) is { } path ? [path] : [];

    private IEnumerable<string> Named(RepoPath from, string name)
    {
        foreach (var path in _paths.Candidates(from.Folder, name).Concat(_packages.Candidates(from.Folder, name)))
        {
            yield return path;
            if (SourceOf(path) is { } source)
                yield return source;
        }

        // What bundlers call by custom, where no configuration says it.
        if (name.StartsWith("@/", StringComparison.Ordinal) || name.StartsWith("~/", StringComparison.Ordinal))
            foreach (var root in _packages.FoldersAbove(from.Folder).Append(""))
            {
                yield return Folders.In(root, $"src/{name[2..]}");
                yield return Folders.In(root, name[2..]);
            }
    }

    // packages/ui/dist/button.js was built from packages/ui/src/button.ts.
    private string? SourceOf(string path)
    {
        var root = _packages.FoldersAbove(Folders.Above(path)).FirstOrDefault() ?? "";
        var inner = root.Length == 0 ? path : path[(root.Length + 1)..];
        var first = inner.Split('/')[0];
        return first != inner && BuiltFolders.Contains(first) ? Folders.In(root, $"src{inner[first.Length..]}") : null;
    }

    private string? AtPath(string path, bool prefersScript, int depth)
    {
        if (_files.Contains(path))
            return path;
        foreach (var (written, sources) in Written)
            if (path.EndsWith(written, StringComparison.Ordinal) && WithExtension(path[..^written.Length], sources) is { } source)
                return source;
        if (path.EndsWith(".d.ts", StringComparison.Ordinal) && WithExtension(path[..^5], [".ts", ".tsx"]) is { } typed)
            return typed;
        string[] extensions = prefersScript ? [.. JavaScriptExtensions, .. TypeScriptExtensions] : [.. TypeScriptExtensions, .. JavaScriptExtensions];
        if (path.Length > 0 && WithExtension(path, extensions) is { } file)
            return file;
        if (depth == 0)
            foreach (var main in _packages.MainsOf(path))
                foreach (var candidate in new[] { main, SourceOf(main) })
                    if (candidate is not null && AtPath(candidate, prefersScript, depth + 1) is { } entry)
                        return entry;
        return WithExtension(Folders.In(path, "index"), extensions);
    }

    private string? WithExtension(string stem, string[] extensions) => extensions.Select(extension => stem + extension).FirstOrDefault(_files.Contains);
}
