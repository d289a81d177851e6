using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What the plan rules need to know of the repository. Immutable; thread-safe.</summary>
/// <param name="files">Every file of the base tree.</param>
/// <param name="protectedPaths">Paths that no task may own: those with uncommitted changes.</param>
/// <param name="graph">The tree as code; knows nothing when null.</param>
public sealed class RepositoryFacts(IEnumerable<RepositoryFile> files, IEnumerable<RepoPath> protectedPaths, CodeGraph? graph = null)
{
    private readonly Dictionary<RepoPath, RepositoryFile> _files = files.ToDictionary(file => file.Path);

    /// <summary>Paths that no task may own.</summary>
    public ValueList<RepoPath> Protected { get; } = protectedPaths.ToValueList();

    /// <summary>The tree as code.</summary>
    public CodeGraph Graph { get; } = graph ?? CodeGraph.Empty;

    /// <summary>The public signatures of the plan's contracts by path, as the graph has those of files; null, or without a path, where they were not read.</summary>
    public IReadOnlyDictionary<RepoPath, ValueList<Signature>>? ContractSignatures { get; init; }

    /// <summary>Every file of the base tree, in no order.</summary>
    public IReadOnlyCollection<RepositoryFile> Files => _files.Values;

    /// <summary>Whether the base tree has a file at a path.</summary>
    public bool Has(RepoPath path) => _files.ContainsKey(path);

    /// <summary>The file of the base tree at a path, or null.</summary>
    public RepositoryFile? Find(RepoPath path) => _files.GetValueOrDefault(path);
}

/// <summary>A file of the base tree.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">Its size; 0 for a submodule.</param>
/// <param name="LinkTarget">What it points at when it is a symbolic link, as the link says it; else null.</param>
public sealed record RepositoryFile(RepoPath Path, long Bytes = 0, string? LinkTarget = null);
