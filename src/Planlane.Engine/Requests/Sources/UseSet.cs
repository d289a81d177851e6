using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Collects which file uses which; each pair once, a file's use of itself never.</summary>
internal sealed class UseSet
{
    private readonly HashSet<FileUse> _seen = [];
    private readonly List<FileUse> _uses = [];

    public IReadOnlyList<FileUse> Uses => _uses;

    /// <summary>The uses of files that name what they import.</summary>
    /// <param name="files">The files.</param>
    /// <param name="find">The file that an import of a file means, or null.</param>
    public static IReadOnlyList<FileUse> OfImports(IReadOnlyList<SourceText> files, Func<RepoPath, string, RepoPath?> find)
    {
        var uses = new UseSet();
        foreach (var file in files)
            if (file.Facts is ImportFacts facts)
                foreach (var import in facts.Imports)
                    if (find(file.Path, import) is { } used)
                        uses.Add(file.Path, used);
        return uses.Uses;
    }

    public void Add(RepoPath from, RepoPath to)
    {
        if (from != to && _seen.Add(new FileUse(from, to)))
            _uses.Add(new FileUse(from, to));
    }

    public void AddAll(RepoPath from, IEnumerable<RepoPath> to)
    {
        foreach (var used in to)
            Add(from, used);
    }
}
