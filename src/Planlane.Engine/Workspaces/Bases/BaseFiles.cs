using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>The files that every workspace of a run begins with, frozen on disk.</summary>
/// <param name="Tree">The tracked ones.</param>
/// <param name="Folder">Where all of them lie.</param>
public sealed record BaseFiles(ObjectId Tree, string Folder)
{
    /// <summary>What lies above <see cref="Folder"/> and below every workspace, topmost first.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>Folders with dependencies, which are too big to copy.</summary>
    public ValueList<SharedFolder> Shared { get; init; } = [];

    /// <summary>Files below <see cref="Shared"/> folders that look like secrets and must not be shown.</summary>
    public ValueList<RepoPath> Masked { get; init; } = [];
}

/// <summary>A folder that is not copied into a base.</summary>
/// <param name="Path">Where it is seen.</param>
/// <param name="Source">Where it lies.</param>
public sealed record SharedFolder(RepoPath Path, string Source)
{
    /// <summary>What lies above <see cref="Source"/>, the topmost first.</summary>
    public ValueList<string> Layers { get; init; } = [];
}
