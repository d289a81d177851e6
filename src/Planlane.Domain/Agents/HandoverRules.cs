using Planlane.Requests;

namespace Planlane.Agents;

/// <summary>When the planner's model takes a task over in a conversation of its own, instead of going on with the agents' model's.</summary>
/// <remarks>
/// It cannot read another model's prompt cache, so that every token of the conversation so far would be paid in full at its price: what siblings are told, what fills the shared prefix up, and what the
/// other model tried. It gets the task, the contracts, the files as they are now and what is wrong with them.
/// </remarks>
public static class HandoverRules
{
    /// <summary>Whether the attempt that is to be made, or is being made, is in a conversation of its own.</summary>
    /// <remarks>Not when the task was the planner's model's before, which can read its own cache; nor of one agent alone, which knows of its files only what it read.</remarks>
    public static bool IsAfresh(TaskState task, RunSettings settings) =>
        task is { Order.Reason: AttemptReason.Escalation, Handed: not null } && settings.Mode is not RunMode.Single && settings.ModelOf(task.Task).Id != settings.Planner.Id;
}
