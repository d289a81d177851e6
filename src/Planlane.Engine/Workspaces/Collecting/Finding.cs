using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Collecting;

/// <summary>A path at which a workspace differs from the tree that it should show.</summary>
/// <param name="Path">The path.</param>
/// <param name="Wanted">What the tree has there; null for nothing.</param>
/// <param name="Entry">What lies there in the layer; null for nothing.</param>
internal sealed record Finding(RepoPath Path, TreeFile? Wanted, EntryStat? Entry)
{
    /// <summary>What is there instead, if it can be part of the work; null when it is nothing, or cannot.</summary>
    public TreeFile? Found { get; init; }

    /// <summary>Whether what is there, also nothing, could be part of the work of a lane that includes the path.</summary>
    public bool IsAcceptable { get; init; }

    /// <summary>The change that it is against the tree.</summary>
    public FileChange Change => Found is { } found ? new FileChange(Path, found.Id, found.Mode) : new FileChange(Path, null, Git.FileModes.None);

    /// <summary>Whether something is there that is a file or a link.</summary>
    public bool HasContent => Entry is { Kind: EntryKind.File or EntryKind.Link };
}

/// <summary>What came of settling a workspace.</summary>
/// <param name="Written">What was found in the lane; it is kept.</param>
/// <param name="Undone">What was found outside and was undone; at most <see cref="CollectLimits.Named"/> paths.</param>
/// <param name="Results">The test results that were written.</param>
/// <param name="Left">Folders in the lane that were taken for build outputs by their names alone.</param>
internal sealed record Settlement(ChangeSet Written, ValueList<RepoPath> Undone, ValueList<ResultFile> Results, ValueList<RepoPath> Left);
