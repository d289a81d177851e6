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

    /// <summary>What was said in the attempts before and still holds for the one that takes the task over, oldest first: all that the user asked for, and what checks said in the attempt that is handed over.</summary>
    /// <remarks>Of checks, only what it began with, as a check of the whole is not run again before it ends, and what was said last. Nothing of them when the task is taken over for a newer check of the whole. The same in all turns of the attempt.</remarks>
    /// <param name="task">The task; has an order.</param>
    public static IEnumerable<Feedback> Said(TaskState task)
    {
        var before = task.Turns.Where(turn => turn.Attempt < task.Order!.Attempt).ToList();
        var handed = before.Where(turn => turn.Attempt == before[^1].Attempt).ToList();
        var wrong = task.CurrentTurns.FirstOrDefault() is { } first ? first.Prompted : task.Prompt;
        var checks = wrong is { Kind: FeedbackKind.Check }
            ? []
            : new[] { handed.FirstOrDefault(), handed.LastOrDefault(turn => turn.Prompted is { Kind: FeedbackKind.Check }) }
                .Where(turn => turn?.Prompted is { Kind: FeedbackKind.Check } said && wrong?.Text.Contains(said.Text, StringComparison.Ordinal) is not true).ToList();
        return before.Where(turn => turn.Prompted is { Kind: FeedbackKind.Review } || checks.Contains(turn)).Select(turn => turn.Prompted!).Distinct();
    }
}
