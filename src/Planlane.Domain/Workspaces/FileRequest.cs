using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What an agent asked for outside its lane, and what was decided.</summary>
/// <param name="Path">The file.</param>
/// <param name="Why">The agent's reason.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Owner">The task that owns the file, or owned it until it ended; null when nobody does.</param>
public sealed record FileRequest(RepoPath Path, string Why, FileDecision Decision, TaskId? Owner);

/// <summary>What follows from a request for a file.</summary>
public enum FileDecision
{
    /// <summary>It is not given.</summary>
    Refused,

    /// <summary>It is given when the task that owns it, and is running, has ended.</summary>
    Queued,

    /// <summary>It is in the lane now.</summary>
    Granted,
}
