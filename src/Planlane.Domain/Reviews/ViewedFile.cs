using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>A file that the reviewer has looked at, as it was then; when its agent changes it, it counts as not viewed again.</summary>
/// <param name="Task">The task that changes it.</param>
/// <param name="Path">The file.</param>
/// <param name="Blob">Its proposed content, or null when it is deleted.</param>
public sealed record ViewedFile(TaskId Task, RepoPath Path, ObjectId? Blob);
