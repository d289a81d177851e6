using System.Text.Json.Serialization;
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

/// <summary>Something of the user's folder that workspaces do not see, or see otherwise.</summary>
/// <param name="Path">What it is about; of a folder, all below it.</param>
/// <param name="Kind">Why.</param>
public sealed record BaseRemark(RepoPath Path, RemarkKind Kind)
{
    /// <summary>The remark as a sentence for the user.</summary>
    [JsonIgnore]
    public string Words => Kind switch
    {
        RemarkKind.Secret => $"{Path} looks like a secret and is left out; name it in {SecretFiles.IncludeFile} to give it to agents.",
        RemarkKind.TooLarge => $"{Path} is too large and is left out.",
        RemarkKind.Shared => $"{Path} is too large to be copied; agents see yours, and their writes stay with them.",
        RemarkKind.NotCheckedOut => $"{Path} is not checked out (sparse checkout) and is not there for commands.",
        RemarkKind.EmptySubmodule => $"{Path} is a submodule that is not initialised; it is empty for commands.",
        RemarkKind.InnerRepository => $"{Path} is a repository of its own; its files are there for commands, and no agent can change them.",
        RemarkKind.OtherWorkTree => $"{Path} is another work tree of this repository and is left out.",
        RemarkKind.Unreadable => $"{Path} cannot be read, or its name is not UTF-8; it is left out.",
        RemarkKind.PutBack => $"{Path} was changed by a setup command and is put back: setup prepares ignored files.",
        _ => $"{Path}: {Kind}",
    };
}

/// <summary>Why something differs from the user's folder.</summary>
public enum RemarkKind
{
    /// <summary>It looks like a secret and nobody asked for it.</summary>
    Secret,

    /// <summary>It is too large to be given.</summary>
    TooLarge,

    /// <summary>It is an ignored folder that is too large to be copied; it is shared.</summary>
    Shared,

    /// <summary>The sparse checkout leaves it out.</summary>
    NotCheckedOut,

    /// <summary>It is a submodule without files.</summary>
    EmptySubmodule,

    /// <summary>It is a repository within the repository.</summary>
    InnerRepository,

    /// <summary>It is a linked work tree of the same repository.</summary>
    OtherWorkTree,

    /// <summary>The user has no right to read it, or its name cannot be written.</summary>
    Unreadable,

    /// <summary>Setup changed a tracked file; the change is undone.</summary>
    PutBack,
}
