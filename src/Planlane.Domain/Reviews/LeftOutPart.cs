using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>A file of a task, or hunks of it, that a reviewer leaves out, with what is kept of it; computed before it is recorded, so that a replay reads nothing.</summary>
/// <param name="Task">The task.</param>
/// <param name="Path">The file.</param>
/// <param name="From">The content that the task proposed, or null when it deletes the file. Of another proposal nothing is left out.</param>
/// <param name="Kept">The change that is kept, or null when the file is left out wholly.</param>
/// <param name="Hunks">The ids of the hunks that are left out; empty when the file is left out wholly, or nothing of it.</param>
public sealed record LeftOutPart(TaskId Task, RepoPath Path, ObjectId? From, FileChange? Kept, ValueList<string> Hunks)
{
    /// <summary>Whether nothing is left out: what was left out before is taken in again.</summary>
    internal bool TakesIn => Kept is not null && Hunks.Count == 0;
}
