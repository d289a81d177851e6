using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>The modules of the crates of a tree, found as the compiler does: from the root file of each crate by its <c>mod</c> items.</summary>
internal sealed class RustModules
{
    private const string Declaration = "mod ";

    private static readonly string[] RootFolders = ["src/bin", "tests", "examples", "benches"];
    private static readonly string[] TargetTables = ["lib", "bin", "test", "example", "bench"];

    private readonly Dictionary<RepoPath, ImportFacts> _facts;
    private readonly Dictionary<RepoPath, Module> _modules = [];

    // The library of each crate by the name that other crates import.
    private readonly Dictionary<string, Module> _libraries = new(StringComparer.Ordinal);

    public RustModules(IReadOnlyList<SourceText> files, SourceTree tree)
    {
        _facts = files.Where(file => file.Facts is ImportFacts).ToDictionary(file => file.Path, file => (ImportFacts)file.Facts);
        foreach (var (path, text) in tree.Texts.Where(file => file.Key.Name == "Cargo.toml").OrderBy(file => file.Key.Value.Length))
            AddCrate(path.Folder, new TomlText(text));

        // Without a manifest, or where a macro declares modules, a file is the root of its own.
        foreach (var path in _facts.Keys.Where(path => path.Name is "lib.rs" or "main.rs").Concat(_facts.Keys.Order()))
            AddRoot(path);
    }

    /// <summary>The file that an import of a file leads to, or null when it leaves the tree.</summary>
    public RepoPath? Find(RepoPath from, string import)
    {
        var module = _modules[from];
        if (import.StartsWith(Declaration, StringComparison.Ordinal))
            return FileOf(module, import)?.Path;
        var parts = import.Split("::");
        if (parts[0] == "crate")
            return Walk(module.Root, parts, 1);
        if (parts[0] is "self" or "super")
            return FromHere(module, parts);
        if (module.Children.ContainsKey(parts[0]))
            return Walk(module, parts, 0);
        return _libraries.TryGetValue(parts[0], out var library) ? Walk(library, parts, 1) : null;
    }

    private static RepoPath? FromHere(Module? start, string[] parts)
    {
        var at = 0;
        for (; at < parts.Length && parts[at] is "self" or "super"; at++)
            start = parts[at] == "super" ? start?.Parent : start;
        return start is null ? null : Walk(start, parts, at);
    }

    // As far as there are modules; what comes then is an item of the last.
    private static RepoPath Walk(Module module, string[] parts, int at)
    {
        while (at < parts.Length)
        {
            // A module of a file that stands in a module of another is declared with both names.
            var (child, length) = module.Children.TryGetValue(parts[at], out var single) ? (single, 1)
                : at + 1 < parts.Length && module.Children.TryGetValue($"{parts[at]}::{parts[at + 1]}", out var inner) ? (inner, 2) : (null, 0);
            if (child is null)
                break;
            (module, at) = (child, at + length);
        }

        return module.Path;
    }

    private void AddCrate(string folder, TomlText manifest)
    {
        var name = manifest.Strings("lib", "name").Concat(manifest.Strings("package", "name")).FirstOrDefault()?.Replace('-', '_');
        var roots = TargetTables.SelectMany(table => manifest.Strings(table, "path")).Concat(["src/lib.rs", "src/main.rs", "build.rs"])
            .Select(path => Folders.Join(folder, path)).OfType<string>().Select(path => new RepoPath(path)).Where(_facts.ContainsKey).ToList();
        foreach (var root in roots)
            AddRoot(root);
        foreach (var path in _facts.Keys.Where(path => RootFolders.Any(inner => path.Folder == Folders.In(folder, inner) || (path.Name == "main.rs" && Folders.Above(path.Folder) == Folders.In(folder, inner)))).Order())
            AddRoot(path);
        var library = manifest.Strings("lib", "path").Append("src/lib.rs").Select(path => Folders.Join(folder, path)).OfType<string>().Select(path => new RepoPath(path)).FirstOrDefault(_modules.ContainsKey);
        if (name is not null && library.Value is not null)
            _libraries.TryAdd(name, _modules[library]);
    }

    private void AddRoot(RepoPath path)
    {
        if (_modules.ContainsKey(path))
            return;
        var open = new Queue<Module>([_modules[path] = new Module(path, path.Folder, null)]);
        while (open.TryDequeue(out var module))
            foreach (var import in _facts[module.Path].Imports.Where(import => import.StartsWith(Declaration, StringComparison.Ordinal)))
                if (FileOf(module, import) is { } child)
                {
                    // A library and a program may declare the same file; it belongs to the first.
                    if (_modules.TryAdd(child.Path, child))
                        open.Enqueue(child);
                    module.Children[NameOf(import)] = _modules[child.Path];
                }
    }

    private static string NameOf(string declaration) => declaration[Declaration.Length..].Split(" = ")[0];

    // The file of "mod a::b", or of "mod b = file.rs"; the modules of a file lie in the folder of its name, those of a root or mod.rs beside it.
    private Module? FileOf(Module parent, string declaration)
    {
        var name = NameOf(declaration);
        var folder = Folders.In(parent.Folder, name.Replace("::", "/", StringComparison.Ordinal));
        string?[] candidates = declaration.Contains(" = ", StringComparison.Ordinal)
            ? [Folders.Join(parent.Path.Folder, declaration.Split(" = ")[1])]
            : [$"{folder}.rs", $"{folder}/mod.rs"];
        var path = candidates.OfType<string>().Select(candidate => new RepoPath(candidate)).FirstOrDefault(_facts.ContainsKey);
        return path.Value is null ? null : new Module(path, path.Name == "mod.rs" || candidates.Length == 1 ? path.Folder : folder, parent);
    }

    private sealed class Module(RepoPath path, string folder, Module? parent)
    {
        public RepoPath Path { get; } = path;

        /// <summary>Where the files of its own modules lie.</summary>
        public string Folder { get; } = folder;

        public Module? Parent { get; } = parent;

        public Module Root => Parent?.Root ?? this;

        public Dictionary<string, Module> Children { get; } = new(StringComparer.Ordinal);
    }
}
