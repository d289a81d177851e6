using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What one agent changed.</summary>
/// <param name="Agent">The agent; <see cref="Commits.CommitPlan.PlannerName"/> for the contracts.</param>
/// <param name="Commit">The commit that holds it, or null when it was not landed and this is the agent's last proposal.</param>
/// <param name="Files">The files, by path.</param>
public sealed record AgentDiff(AgentId Agent, ObjectId? Commit, ValueList<FileDiff> Files)
{
    /// <summary>Why the diff cannot be read, or null; the objects of what was not landed may be collected by git.</summary>
    public string? Missing { get; init; }
}
