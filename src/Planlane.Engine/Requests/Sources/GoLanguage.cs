using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Go, read by its import statements and, inside of a package, by the names that its files declare and use.</summary>
/// <remarks>A file that imports a package uses those of its files that declare a name that it takes from it; all of its files when none is found, as for an import for
/// side effects. Test files are no part of a package for others.</remarks>
public sealed class GoLanguage : ISourceLanguage
{
    /// <inheritdoc />
    public string Name => "Go";

    /// <inheritdoc />
    public int Version => 1;

    /// <inheritdoc />
    public bool Reads(RepoPath path) => path.Name.EndsWith(".go", StringComparison.Ordinal);

    /// <inheritdoc />
    public bool NeedsText(RepoPath path) => path.Name == "go.mod";

    /// <inheritdoc />
    public SourceFacts Read(string text) => new GoReader(SourceLexer.Lex(text, LexicalRules.Go)).Read();

    /// <inheritdoc />
    public IEnumerable<FileUse> Link(IReadOnlyList<SourceText> files, SourceTree tree)
    {
        var uses = new UseSet();
        var modules = ModulesOf(tree);
        var read = files.Where(file => file.Facts is ImportFacts).Select(file => (file.Path, Facts: (ImportFacts)file.Facts)).ToList();
        var packages = read.Where(file => !IsTest(file.Path)).GroupBy(file => file.Path.Folder).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var (path, facts) in read)
            foreach (var import in facts.Imports)
                if (FolderOf(import.Split(' ')[^1], path.Folder, modules) is { } folder && packages.TryGetValue(folder, out var package))
                    uses.AddAll(path, UsedOf(package, import, facts));
        foreach (var neighbours in read.GroupBy(file => (file.Path.Folder, file.Facts.Package)))
            LinkNeighbours(neighbours.ToList(), uses);
        return uses.Uses;
    }

    private static bool IsTest(RepoPath path) => path.Name.EndsWith("_test.go", StringComparison.Ordinal);

    private static IEnumerable<RepoPath> UsedOf(List<(RepoPath Path, ImportFacts Facts)> package, string import, ImportFacts user)
    {
        var parts = import.Split(' ');
        var qualifiers = parts.Length > 1 ? [parts[0]] : package.Select(file => file.Facts.Package ?? "").Distinct().ToArray();
        var taken = qualifiers.SelectMany(qualifier => user.Names.Where(name => name.StartsWith($"{qualifier}.", StringComparison.Ordinal)).Select(name => name[(qualifier.Length + 1)..]))
            .ToHashSet(StringComparer.Ordinal);
        var used = package.Where(file => file.Facts.Declares.Any(taken.Contains)).Select(file => file.Path).ToList();
        return used.Count > 0 ? used : package.Select(file => file.Path);
    }

    // Test files use the others, and each other; the others do not see them.
    private static void LinkNeighbours(List<(RepoPath Path, ImportFacts Facts)> files, UseSet uses)
    {
        var declared = files.SelectMany(file => file.Facts.Declares.Where(name => name is not ("init" or "main" or "_")).Select(name => (name, file.Path)))
            .ToLookup(declaration => declaration.name, declaration => declaration.Path, StringComparer.Ordinal);
        foreach (var (path, facts) in files)
            foreach (var name in facts.Names)
                uses.AddAll(path, declared[name].Where(other => IsTest(path) || !IsTest(other)));
    }

    private static List<(string Module, string Folder)> ModulesOf(SourceTree tree) => tree.Texts.Where(file => file.Key.Name == "go.mod")
        .Select(file => (Module: ModuleOf(file.Value), file.Key.Folder)).Where(module => module.Module.Length > 0)
        .OrderByDescending(module => module.Module.Length).ThenBy(module => module.Folder, StringComparer.Ordinal).ToList();

    private static string ModuleOf(string text) => text.Split('\n').Select(line => line.Split("//")[0].Trim()).Where(line => line.StartsWith("module ", StringComparison.Ordinal))
        .Select(line => line["module ".Length..].Trim().Trim('"')).FirstOrDefault() ?? "";

    // Of modules of one name, such as copies of an example, the one that the file lies in counts.
    private static string? FolderOf(string import, string from, List<(string Module, string Folder)> modules)
    {
        if (import.StartsWith('.'))
            return Folders.Join(from, import);
        var fitting = modules.Where(module => Folders.Holds(module.Module, import)).ToList();
        if (fitting.Count == 0)
            return null;
        var longest = fitting.Where(module => module.Module == fitting[0].Module).ToList();
        var (name, folder) = longest.Where(module => Folders.Holds(module.Folder, from)).Append(longest[0]).First();
        return Folders.Join(folder, import[name.Length..]);
    }
}
