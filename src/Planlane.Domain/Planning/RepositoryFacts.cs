using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What the plan rules need to know of the repository.</summary>
/// <param name="files">Every path of the base tree.</param>
/// <param name="protectedPaths">Paths that no task may own: those with uncommitted changes, unless the user allows it.</param>
public sealed class RepositoryFacts(IEnumerable<RepoPath> files, IEnumerable<RepoPath> protectedPaths)
{
    private readonly HashSet<RepoPath> _files = [.. files];

    /// <summary>Paths that no task may own.</summary>
    public ValueList<RepoPath> Protected { get; } = protectedPaths.ToValueList();

    /// <summary>Whether the base tree has a file at a path.</summary>
    public bool Has(RepoPath path) => _files.Contains(path);
}
