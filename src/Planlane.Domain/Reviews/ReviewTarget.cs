using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>What a reviewer speaks of: an agent's work, a file of it, or hunks of that file.</summary>
/// <param name="Task">The task.</param>
/// <param name="Path">The file, or null for all of the task's work.</param>
/// <param name="Hunks">The ids or numbers of the hunks; empty for the whole file.</param>
public sealed record ReviewTarget(TaskId Task, RepoPath? Path, ValueList<string> Hunks)
{
    /// <summary>All work of a task.</summary>
    public static ReviewTarget Of(TaskId task) => new(task, null, []);

    /// <summary>A file of a task.</summary>
    public static ReviewTarget Of(TaskId task, RepoPath path) => new(task, path, []);
}
