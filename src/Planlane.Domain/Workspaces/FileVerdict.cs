using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What the rules say to a request for a file.</summary>
/// <param name="Decision">What follows.</param>
/// <param name="Owner">The task that owns the file, or that it was taken over from; null when nobody does.</param>
/// <param name="Reason">Why it is refused or has to wait, as the agent reads it; null when it is granted.</param>
public sealed record FileVerdict(FileDecision Decision, TaskId? Owner, string? Reason)
{
    internal static FileVerdict Granted(TaskId? owner = null) => new(FileDecision.Granted, owner, null);

    internal static FileVerdict Refused(string reason, TaskId? owner = null) => new(FileDecision.Refused, owner, reason);
}
