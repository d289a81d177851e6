using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>What a task proposed when the reviewer last decided, so that the next review can show what changed since.</summary>
/// <param name="Task">The task.</param>
/// <param name="Changes">Its changes then.</param>
public sealed record Proposal(TaskId Task, ChangeSet Changes);
