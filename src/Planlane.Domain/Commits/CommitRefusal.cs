using Planlane.Reviews;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>That a hook of the repository refused a commit.</summary>
/// <param name="Hook">The hook, as git names it.</param>
/// <param name="Agent">Whose commit it was.</param>
/// <param name="Task">The task; null for the contracts, and for the work of all in one commit.</param>
/// <param name="Words">The end of what the hook printed; may be empty.</param>
public sealed record CommitRefusal(string Hook, AgentId Agent, TaskId? Task, string Words)
{
    /// <summary>The hook that judges files, which an agent can mend; the others judge messages.</summary>
    public const string PreCommit = "pre-commit";

    /// <summary>The hook's words as a comment for the agent; null when no agent could do anything about it.</summary>
    public ReviewComment? Comment => Task is { } task && Hook == PreCommit
        ? new ReviewComment(task, $"The repository's {Hook} hook refuses the commit of your work.{(Words.Length > 0 ? $" It says:\n{Words}" : "")}")
        : null;
}
