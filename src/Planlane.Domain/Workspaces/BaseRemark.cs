using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Something of the user's folder that workspaces do not see, or see otherwise.</summary>
/// <param name="Path">What it is about; of a folder, all below it.</param>
/// <param name="Kind">Why.</param>
public sealed record BaseRemark(RepoPath Path, RemarkKind Kind);

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
