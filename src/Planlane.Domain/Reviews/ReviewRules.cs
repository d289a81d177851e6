using Planlane.Agents;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reviews;

/// <summary>What follows from a combination and from a review.</summary>
public static class ReviewRules
{
    /// <summary>The name under which rules that the user set decide.</summary>
    public const string Auto = "auto";

    /// <summary>Why a decision may not be taken, or null when it may.</summary>
    /// <remarks>A rule never says yes to failed checks; a human who has seen them may.</remarks>
    public static string? Refusal(RunState state, ReviewDecision decision, string by) => decision switch
    {
        _ when state.Waiting is not RunWait.ReviewDecision => "The run does not wait for a review.",
        ReviewDecision.Approved when by == Auto && !state.Work!.Passed => "Checks failed, so the work is not approved automatically.",
        ReviewDecision.Approved approved when state.Work!.Included.All(id => approved.Except.Contains(id)) => "Nothing is left to commit; reject the work instead.",
        ReviewDecision.Approved approved when Unknown(state, approved.Except.Select(id => (TaskId?)id)) is { } unknown => $"The plan has no task '{unknown}'.",
        ReviewDecision.Approved approved when BuiltOn(state, approved.Except) is { } built => built,
        ReviewDecision.ChangesRequested { Comments.Count: 0 } => "Say what to change.",
        ReviewDecision.ChangesRequested changes when Unknown(state, changes.Comments.Select(comment => comment.Task)) is { } unknown => $"The plan has no task '{unknown}'.",
        _ => null,
    };

    /// <summary>The state after failed checks have gone back to the agents whose files they name; unchanged when nothing can be repaired any more.</summary>
    internal static RunState SendBack(RunState state)
    {
        var blamed = Blame.Of(state.Work!.Checks, state.Tasks.Where(task => state.Work.Included.Contains(task.Id)).ToValueList());
        var last = state.Settings.MaxRepairs;
        return blamed.Count == 0 || blamed.Keys.Any(id => state.Task(id).Repairs > last)
            ? state
            : state with
            {
                Work = null,
                Tasks = state.Tasks.Replace(task => blamed.ContainsKey(task.Id), task => (task with { Repairs = task.Repairs + 1 })
                    .WithOrder(task.Repairs < last ? AttemptReason.Repair : AttemptReason.Escalation, new Feedback(FeedbackKind.Check, $"{blamed[task.Id]}\n\nThis is the work of all tasks together; their files are there now and you may read them. Mend what concerns your files, then call finish again."))),
            };
    }

    /// <summary>The state after an approval.</summary>
    internal static RunState Approve(RunState state, ValueList<TaskId> except, string by) => except.Any(state.Work!.Included.Contains)
        ? state with { Work = null, LeftOut = state.LeftOut.AddRange(except), StandingApproval = by }
        : state with { ApprovedChanges = new ApprovedChanges(state.ApprovedPlan!, state.Work, by), StandingApproval = null, ApprovedAt = state.LastAt };

    /// <summary>The state after changes were asked for: the agents concerned are to work again. Words for all are not for what was left out; words for it take it in again.</summary>
    internal static RunState SendBack(RunState state, ValueList<ReviewComment> comments)
    {
        var leftOut = state.LeftOut.Where(id => comments.All(comment => comment.Task != id)).ToValueList();
        return state with
        {
            Work = null,
            LeftOut = leftOut,
            Tasks = state.Tasks.Replace(
                task => !leftOut.Contains(task.Id) && comments.Any(comment => comment.Task is null || comment.Task == task.Id),
                task => task.WithOrder(AttemptReason.Changes, new Feedback(
                    FeedbackKind.Review,
                    $"The user asks for this change:\n{string.Join('\n', comments.Where(comment => comment.Task is null || comment.Task == task.Id).Select(comment => comment.Text))}\n\nMake it, then call finish again."))),
        };
    }

    // The file holds the lender's changes too, so that leaving out the lender alone would commit a part of its work under another name.
    private static string? BuiltOn(RunState state, ValueList<TaskId> except) =>
        (from task in state.Tasks
         where state.Work!.Included.Contains(task.Id) && !except.Contains(task.Id)
         from request in task.Requests
         where request is { Decision: FileDecision.Granted, Owner: not null } && except.Contains(request.Owner.Value)
         let owner = state.Task(request.Owner!.Value)
         select $"{task.Agent} took over '{request.Path}' from {owner.Agent} and works on its version; leave out {task.Agent} too, or keep {owner.Agent}.").FirstOrDefault();

    private static TaskId? Unknown(RunState state, IEnumerable<TaskId?> named) => named.FirstOrDefault(id => id is { } known && state.Tasks.All(task => task.Id != known));
}
