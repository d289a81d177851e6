using Planlane.Values;

namespace Planlane.Git;

/// <summary>What git is in the middle of, from the files that it keeps meanwhile.</summary>
public enum GitOperation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A merge, also one whose conflicts are resolved and that waits for its commit.</summary>
    Merge,

    /// <summary>A rebase, interactive or not.</summary>
    Rebase,

    /// <summary>A cherry-pick of one or more commits.</summary>
    CherryPick,

    /// <summary>A revert of one or more commits.</summary>
    Revert,

    /// <summary>A bisection.</summary>
    Bisect,

    /// <summary>Patches of a mailbox being applied (<c>git am</c>).</summary>
    ApplyMailbox,
}

/// <summary>Where a repository stands.</summary>
/// <param name="Head">The commit that HEAD names; null before the first commit.</param>
/// <param name="BranchRef">The branch that HEAD names, such as <c>refs/heads/main</c>; null when HEAD is detached.</param>
/// <param name="Operation">What git is in the middle of.</param>
/// <param name="HasIdentity">True when git knows a name and an e-mail address for new commits.</param>
public sealed record RepositoryState(ObjectId? Head, string? BranchRef, GitOperation Operation, bool HasIdentity);
