using Planlane.Values;

namespace Planlane.Commits;

/// <summary>What was landed.</summary>
/// <param name="OldHead">HEAD before.</param>
/// <param name="NewHead">HEAD after: the last of the commits.</param>
/// <param name="Branch">The branch that moved, or null when HEAD was detached.</param>
/// <param name="Commits">The commits, oldest first.</param>
public sealed record CommitReceipt(ObjectId OldHead, ObjectId NewHead, string? Branch, ValueList<LandedCommit> Commits);

/// <summary>One commit that was made.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Agent">Whose work it is.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record LandedCommit(ObjectId Id, AgentId Agent, string Subject);
