using Planlane.Values;

namespace Planlane.Requests.Sources;

/// <summary>Collects which file uses which; each pair once, a file's use of itself never.</summary>
internal sealed class UseSet
{
    private readonly HashSet<FileUse> _seen = [];
    private readonly List<FileUse> _uses = [];

    public IReadOnlyList<FileUse> Uses => _uses;

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
