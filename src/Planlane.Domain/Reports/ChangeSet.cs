using Planlane.Values;

namespace Planlane.Reports;

/// <summary>The file changes of one agent against what its workspace was born with; at most one a path, by path.</summary>
/// <param name="Files">The changes.</param>
public sealed record ChangeSet(ValueList<FileChange> Files)
{
    /// <summary>No change.</summary>
    public static ChangeSet Empty { get; } = new([]);

    /// <summary>Whether a path is written, and not deleted.</summary>
    public bool Writes(RepoPath path) => Find(path) is { Blob: not null };

    /// <summary>The change of a path, or null.</summary>
    public FileChange? Find(RepoPath path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>These changes and then later ones, which win.</summary>
    public ChangeSet Then(ChangeSet later) => later.Files switch
    {
        [] => this,
        [var only] when Find(only.Path) is not null => new ChangeSet(Files.ReplaceLast(file => file.Path == only.Path, _ => only)),
        _ => new ChangeSet(Files.Where(file => later.Find(file.Path) is null).Concat(later.Files).OrderBy(file => file.Path).ToValueList()),
    };
}

/// <summary>A file that was written or deleted.</summary>
/// <param name="Path">The file.</param>
/// <param name="Blob">Its new content in the object database, or null when it was deleted.</param>
/// <param name="Mode">Its git mode: <c>100644</c>, <c>100755</c> or <c>120000</c>.</param>
public sealed record FileChange(RepoPath Path, ObjectId? Blob, string Mode = "100644");
