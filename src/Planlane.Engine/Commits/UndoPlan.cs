using Planlane.Values;

namespace Planlane.Commits;

/// <summary>How a landed run is taken back, or lands again.</summary>
public enum UndoWay
{
    /// <summary>The branch goes back to the commit before; index and work tree with it.</summary>
    Reset,

    /// <summary>New commits revert the run's, as others came after them or have them already.</summary>
    Revert,

    /// <summary>A branch that is not checked out goes back, or away when the run made it.</summary>
    MoveBranch,

    /// <summary>What was staged goes out of index and work tree.</summary>
    Unstage,

    /// <summary>The branch goes forward to the run's commits again.</summary>
    Forward,

    /// <summary>New commits make the same changes again on what came since.</summary>
    Reapply,
}

/// <summary>What taking a run back, or landing it again, will do.</summary>
/// <param name="Way">How.</param>
/// <param name="Branch">The branch concerned; null for a detached HEAD.</param>
/// <param name="Commits">The run's commits, oldest first.</param>
public sealed record UndoPlan(UndoWay Way, string? Branch, ValueList<LandedCommit> Commits)
{
    /// <summary>The commit that the branch will name; null when it is deleted, and when it is not known before.</summary>
    public ObjectId? Head { get; init; }

    /// <summary>Why the branch does not simply go back; null when it does.</summary>
    public string? Reason { get; init; }
}
