using Planlane.Values;

namespace Planlane.Commits;

/// <summary>What was landed.</summary>
/// <param name="OldHead">The branch's commit before; of a new branch the commit that it begins at.</param>
/// <param name="NewHead">Its commit after: the last of the commits.</param>
/// <param name="Branch">The branch that moved, or null when HEAD was detached.</param>
/// <param name="Commits">The commits, oldest first; empty when the changes were only staged.</param>
public sealed record CommitReceipt(ObjectId OldHead, ObjectId NewHead, string? Branch, ValueList<LandedCommit> Commits)
{
    /// <summary>A commit of no branch that holds what was staged; null when commits were made.</summary>
    public ObjectId? Staged { get; init; }

    /// <summary>Whether the branch alone moved, as it is not the one that is checked out.</summary>
    public bool MovedRefAlone { get; init; }

    /// <summary>Whether the branch is new.</summary>
    public bool IsNewBranch { get; init; }

    /// <summary>What the user should know of the landing, in sentences.</summary>
    public ValueList<string> Notes { get; init; } = [];
}

/// <summary>One commit that was made.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Agent">Whose work it is.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record LandedCommit(ObjectId Id, AgentId Agent, string Subject)
{
    /// <summary>The files that the repository's hooks changed in it, beyond what was approved.</summary>
    public ValueList<RepoPath> ChangedByHooks { get; init; } = [];

    /// <summary>The subject without the agent's name, if that stands before it.</summary>
    public string Title => CommitText.WithoutName(Subject, Agent);
}
