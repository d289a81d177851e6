using Planlane.Values;

namespace Planlane.Git;

/// <summary>Why a landing (or its undoing) moved nothing.</summary>
public enum RefusalKind
{
    /// <summary>The branch no longer names the commit that the landing starts from.</summary>
    HeadMoved,

    /// <summary>HEAD names another branch, or none.</summary>
    BranchSwitched,

    /// <summary>Git is in the middle of a merge, rebase or the like.</summary>
    OperationInProgress,

    /// <summary>The user's own uncommitted, untracked or ignored files are in the way; they are listed.</summary>
    UserChangesInTheWay,

    /// <summary>Another git command, or another landing, holds a lock of the index, of HEAD or of the branch.</summary>
    IndexLocked,

    /// <summary>The branch is also checked out in another work tree, which would be left looking modified.</summary>
    CheckedOutElsewhere,

    /// <summary>The user's reference-transaction hook said no.</summary>
    HookVetoed,

    /// <summary>A change touches a submodule, or a path that no commit of ours may name; the paths are listed.</summary>
    UnsafePath,

    /// <summary>A branch that was to be made is there, or its name cannot be given beside those that are.</summary>
    BranchExists,

    /// <summary>The landing had been killed and was taken back.</summary>
    Interrupted,
}

/// <summary>How a landing ended.</summary>
public abstract record LandingOutcome
{
    private LandingOutcome()
    {
    }

    /// <summary>Branch, index and work tree have moved together.</summary>
    /// <param name="NewHead">The commit that the branch names now.</param>
    public sealed record Landed(ObjectId NewHead) : LandingOutcome;

    /// <summary>Nothing has moved; the commits are still there, under the run's private ref.</summary>
    /// <param name="Kind">Why.</param>
    /// <param name="Reason">Why, in words for the user, with what to do about it.</param>
    /// <param name="Paths">The paths concerned; empty when none are.</param>
    public sealed record Refused(RefusalKind Kind, string Reason, ValueList<RepoPath> Paths) : LandingOutcome;
}
