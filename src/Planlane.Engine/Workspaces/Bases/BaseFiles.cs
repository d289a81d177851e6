using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>The files that every workspace of a run begins with, frozen on disk. Nobody writes in place what lies here; other runs may share it.</summary>
/// <param name="Tree">The tree that the tracked files are those of.</param>
/// <param name="Folder">The frozen copy: the files of <paramref name="Tree"/> as they are checked out, the ignored files that builds need, and a small repository of its own in <c>.git</c>.</param>
public sealed record BaseFiles(ObjectId Tree, string Folder)
{
    /// <summary>What lies above <see cref="Folder"/> and below every workspace, the topmost first: what the setup commands wrote.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>Folders of the user's that are too big to copy; shown copy-on-write. An empty folder stands at each one's path in <see cref="Folder"/>.</summary>
    public ValueList<SharedFolder> Shared { get; init; } = [];

    /// <summary>Files below <see cref="Shared"/> folders that look like secrets and must not be shown.</summary>
    public ValueList<RepoPath> Masked { get; init; } = [];

    /// <summary>What is not as in the user's folder, and why; for the user.</summary>
    public ValueList<BaseRemark> Remarks { get; init; } = [];
}

/// <summary>A folder of the user's that workspaces see without a copy. It is not frozen: what the user changes in it is seen.</summary>
/// <param name="Path">Where it is seen.</param>
/// <param name="Source">The user's folder, absolute, no link.</param>
public sealed record SharedFolder(RepoPath Path, string Source)
{
    /// <summary>What lies above <see cref="Source"/>, the topmost first: what the setup commands wrote into it.</summary>
    public ValueList<string> Layers { get; init; } = [];
}
