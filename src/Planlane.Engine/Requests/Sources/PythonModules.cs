using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Finds the files that imports of Python name.</summary>
internal sealed class PythonModules
{
    private static readonly string[] ProjectFiles = ["pyproject.toml", "setup.py", "setup.cfg"];

    private readonly HashSet<string> _files;
    private readonly Dictionary<string, string> _rootOf = new(StringComparer.Ordinal);

    // The roots that hold a module or package of a name, those near to the repository's root first.
    private readonly Dictionary<string, List<string>> _rootsByName = new(StringComparer.Ordinal);

    public PythonModules(IEnumerable<RepoPath> files, SourceTree tree)
    {
        _files = files.Select(path => path.Value).ToHashSet(StringComparer.Ordinal);
        var folders = _files.SelectMany(file => Folders.Upward(Folders.Above(file))).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders)
            _rootOf[folder] = Folders.Upward(folder).First(above => above.Length == 0 || !IsPackage(above));
        var projects = folders.Where(folder => ProjectFiles.Any(name => tree.Has(new RepoPath(Folders.In(folder, name)))));
        var roots = folders.Where(IsPackage).Select(folder => _rootOf[folder]).Concat(projects.SelectMany(folder => new[] { folder, Folders.In(folder, "src") })).Concat(["", "src"]).ToHashSet(StringComparer.Ordinal);
        foreach (var file in _files)
            foreach (var root in Folders.Upward(Folders.Above(file)).Where(roots.Contains))
                AddName(root, file);
        foreach (var holding in _rootsByName.Values)
            holding.Sort((left, right) => left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right));
    }

    /// <summary>The file of what is imported in a folder, or null; the last part of the import may be a name inside of a module.</summary>
    public RepoPath? Find(string folder, string import)
    {
        var dots = import.TakeWhile(letter => letter == '.').Count();
        var parts = import[dots..].Split('.', StringSplitOptions.RemoveEmptyEntries);
        if (dots > 0)
            return Folders.Join(folder, string.Concat(Enumerable.Repeat("../", dots - 1))) is { } start ? InFolder(start, parts, leastParts: 0) : null;
        return parts.Length == 0 ? null : RootsFor(folder, parts[0]).Select(root => InFolder(root, parts, leastParts: 1)).FirstOrDefault(found => found is not null);
    }

    // The roots above the importing file come first, so that projects that lie side by side keep to themselves.
    private IEnumerable<string> RootsFor(string folder, string name)
    {
        var holding = _rootsByName.GetValueOrDefault(name) ?? [];
        return holding.Where(root => Folders.Holds(root, folder)).Reverse().Prepend(_rootOf[folder]).Concat(holding);
    }

    private RepoPath? InFolder(string root, string[] parts, int leastParts)
    {
        for (var count = parts.Length; count >= Math.Max(leastParts, parts.Length - 1); count--)
        {
            var path = string.Join('/', parts[..count].Prepend(root).Where(part => part.Length > 0));
            string[] asPackage = [Folders.In(path, "__init__.py"), Folders.In(path, "__init__.pyi")];
            string[] asModule = count == 0 ? [] : [$"{path}.py", $"{path}.pyi"];
            if (asPackage.Concat(asModule).FirstOrDefault(_files.Contains) is { } found)
                return new RepoPath(found);
        }

        return null;
    }

    private void AddName(string root, string file)
    {
        var name = file[(root.Length == 0 ? 0 : root.Length + 1)..].Split('/')[0].Split('.')[0];
        if (!_rootsByName.TryGetValue(name, out var holding))
            _rootsByName[name] = holding = [];
        if (!holding.Contains(root))
            holding.Add(root);
    }

    private bool IsPackage(string folder) => _files.Contains(Folders.In(folder, "__init__.py")) || _files.Contains(Folders.In(folder, "__init__.pyi"));
}
