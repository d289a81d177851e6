using Planlane.Agents;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>A file that the reviewer has looked at, as it was then; when its agent changes it, it counts as not viewed again.</summary>
/// <param name="Task">The task that changes it.</param>
/// <param name="Path">The file.</param>
/// <param name="Blob">Its proposed content, or null when it is deleted.</param>
public sealed record ViewedFile(TaskId Task, RepoPath Path, ObjectId? Blob)
{
    /// <summary>Whether a file of a task was viewed as it is proposed now.</summary>
    public static bool Is(RunState state, TaskState task, FileChange file) => state.Viewed.Contains(new ViewedFile(task.Id, file.Path, file.Blob));
}
