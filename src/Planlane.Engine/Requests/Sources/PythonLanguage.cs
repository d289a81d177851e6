using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Python, read by its import statements.</summary>
/// <remarks>Modules are looked for as the interpreter and pytest do: from the folder above the outermost package of the importing file, then from the folders that
/// hold top packages, such as the root and <c>src</c>.</remarks>
public sealed class PythonLanguage : ISourceLanguage
{
    private static readonly string[] ProjectFiles = ["pyproject.toml", "setup.py", "setup.cfg"];

    /// <inheritdoc />
    public string Name => "Python";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => path.Name.EndsWith(".py", StringComparison.Ordinal) || path.Name.EndsWith(".pyi", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => false;

    /// <inheritdoc />
    public SourceFacts Read(string text) => new PythonReader(SourceLexer.Lex(text, LexicalRules.Python)).Read();

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree)
    {
        var uses = new UseSet();
        var modules = new Modules(files.Select(file => file.Path), tree);
        foreach (var file in files)
            if (file.Facts is ImportFacts facts)
                foreach (var import in facts.Imports)
                    if (modules.Find(file.Path.Folder, import) is { } used)
                        uses.Add(file.Path, used);
        return uses.Uses;
    }

    private sealed class Modules
    {
        private readonly HashSet<string> _files;
        private readonly HashSet<string> _folders;
        private readonly List<string> _roots;

        public Modules(IEnumerable<RepoPath> files, SourceTree tree)
        {
            _files = files.Select(path => path.Value).ToHashSet(StringComparer.Ordinal);
            _folders = _files.SelectMany(file => Folders.Upward(Folders.Above(file))).ToHashSet(StringComparer.Ordinal);
            var projects = _folders.Where(folder => ProjectFiles.Any(name => tree.Has(new RepoPath(Folders.In(folder, name)))));
            _roots = _folders.Where(IsPackage).Select(RootOf).Concat(projects.SelectMany(folder => new[] { folder, Folders.In(folder, "src") })).Concat(["", "src"])
                .Distinct().OrderBy(root => root.Length).ThenBy(root => root, StringComparer.Ordinal).ToList();
        }

        /// <summary>The file of what is imported; its last part may be a name inside of a module.</summary>
        public RepoPath? Find(string folder, string import)
        {
            var dots = import.TakeWhile(letter => letter == '.').Count();
            var parts = import[dots..].Split('.', StringSplitOptions.RemoveEmptyEntries);
            if (dots > 0)
                return Folders.Join(folder, string.Concat(Enumerable.Repeat("../", dots - 1))) is { } start ? InFolder(start, parts, leastParts: 0) : null;
            return RootsFor(folder).Select(root => InFolder(root, parts, leastParts: 1)).FirstOrDefault(found => found is not null);
        }

        // The roots above the importing file come first, so that projects that lie side by side keep to themselves.
        private IEnumerable<string> RootsFor(string folder) =>
            _roots.Where(root => Folders.Holds(root, folder)).Reverse().Prepend(RootOf(folder)).Concat(_roots);

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

        private string RootOf(string folder) => Folders.Upward(folder).First(above => above.Length == 0 || !IsPackage(above));

        private bool IsPackage(string folder) => _files.Contains(Folders.In(folder, "__init__.py")) || _files.Contains(Folders.In(folder, "__init__.pyi"));
    }
}
