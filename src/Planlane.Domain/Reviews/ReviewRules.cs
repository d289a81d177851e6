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
    public static string? Refusal(RunState state, ReviewDecision decision, string by) => state.Waiting is not RunWait.ReviewDecision
        ? "The run does not wait for a review."
        : decision switch
        {
            ReviewDecision.Approved when by == Auto && !state.Work!.Passed => "Checks failed, so the work is not approved automatically.",
            ReviewDecision.Approved approved => Refusal(state, approved),
            ReviewDecision.ChangesRequested { Comments.Count: 0 } => "Say what to change.",
            ReviewDecision.ChangesRequested changes => Unknown(state, [.. changes.Comments.Select(comment => comment.Task), .. Named([.. changes.Except, .. changes.TakenIn], changes.Parts)])
                ?? BuiltOn(After(state, changes.Except, changes.Parts, TakenInBy(changes))),
            _ => null,
        };

    /// <summary>Whether a yes is for other work than the run holds now.</summary>
    public static bool IsStale(RunState state, ReviewDecision decision) => decision is ReviewDecision.Approved { Work: { } seen } && state.Work is { } work && seen != work.Tree;

    /// <summary>The state after a decision left out and took in, without anything else that follows of it.</summary>
    public static RunState After(RunState state, ReviewDecision.Approved approved) => After(state, approved.Except, approved.Parts, approved.TakenIn);

    /// <summary>The state after failed checks. Of what the reviewer cut out of files no agent is to blame, so the reviewer is asked again.</summary>
    internal static RunState AfterFailedChecks(RunState state)
    {
        var asked = state with { StandingApproval = null };
        return state.LeftOutParts.Count > 0 ? asked : SendBack(asked);
    }

    /// <summary>The state after an approval.</summary>
    internal static RunState Approve(RunState state, ReviewDecision.Approved approved, string by)
    {
        var after = After(state, approved);
        return IsSameWork(state, after)
            ? state with { ApprovedChanges = new ApprovedChanges(state.ApprovedPlan!, state.Work!, by), StandingApproval = null, ApprovedAt = state.LastAt }
            : after with { Work = null, StandingApproval = by, LastProposals = ProposalsOf(state) };
    }

    /// <summary>The state after changes were asked for: the agents concerned are to work again. Words for all are not for what was left out; words for it take it in again.</summary>
    internal static RunState SendBack(RunState state, ReviewDecision.ChangesRequested changes)
    {
        var comments = changes.Comments;
        var after = After(state, changes.Except, changes.Parts, TakenInBy(changes));
        bool IsConcerned(TaskId id) => !after.LeftOut.Contains(id) && comments.Any(comment => comment.Task is null || comment.Task == id);
        var settled = ReviewedChanges.Settled(after, IsConcerned);
        return settled with
        {
            Work = null,
            // Of an agent that works again, what was kept is what it goes on from.
            LastProposals = ProposalsOf(settled),
            Tasks = settled.Tasks.Replace(task => IsConcerned(task.Id), task => task.WithOrder(AttemptReason.Changes, new Feedback(FeedbackKind.Review, WordsFor(after, after.Task(task.Id), comments)))),
        };
    }

    private static ValueList<TaskId> TakenInBy(ReviewDecision.ChangesRequested changes) => changes.Comments.Select(comment => comment.Task).OfType<TaskId>().Concat(changes.TakenIn).Distinct().ToValueList();

    // Failed checks go back to the agents whose files they name; nothing changes when nothing can be repaired any more.
    private static RunState SendBack(RunState state)
    {
        var blamed = Blame.Of(state.Work!.Checks, state.Tasks.Where(task => state.Work.Included.Contains(task.Id)).ToValueList());
        var last = state.Settings.MaxRepairs;
        if (blamed.Count == 0 || blamed.Keys.Any(id => state.Task(id).Repairs > last))
            return state;
        var settled = ReviewedChanges.Settled(state, blamed.ContainsKey);
        return settled with
        {
            Work = null,
            Tasks = settled.Tasks.Replace(task => blamed.ContainsKey(task.Id), task => (task with { Repairs = task.Repairs + 1 })
                .WithOrder(task.Repairs < last ? AttemptReason.Repair : AttemptReason.Escalation, new Feedback(FeedbackKind.Check, $"{blamed[task.Id]}\n\nThis is the work of all tasks together; their files are there now and you may read them. Mend what concerns your files, then call finish again."))),
        };
    }

    private static string WordsFor(RunState state, TaskState task, ValueList<ReviewComment> comments)
    {
        var words = comments.Where(comment => comment.Task is null || comment.Task == task.Id).Select(comment => comment.Words);
        var cut = ReviewedChanges.PartsOf(state, task).Select(part => $"{part.Path} {(part.Kept is null ? "is as it was before your work" : "lacks some of your changes")} now: the user did not want them. Do not make them again.");
        return $"The user asks for this change:\n{string.Join('\n', words.Concat(cut))}\n\nMake it, then call finish again.";
    }

    private static RunState After(RunState state, ValueList<TaskId> except, ValueList<LeftOutPart> parts, ValueList<TaskId> takenIn) =>
        ReviewedChanges.With(state, parts) with { LeftOut = state.LeftOut.Where(id => !takenIn.Contains(id)).Concat(except.Where(id => !state.LeftOut.Contains(id))).ToValueList() };

    private static bool IsSameWork(RunState before, RunState after) =>
        before.Work!.Included.All(id => !after.LeftOut.Contains(id) && ReviewedChanges.Of(before, before.Task(id)) == ReviewedChanges.Of(after, after.Task(id)))
        && before.LeftOut.All(after.LeftOut.Contains);

    private static ValueList<Proposal> ProposalsOf(RunState state) => state.Tasks.Where(task => task.Changes.Files.Count > 0).Select(task => new Proposal(task.Id, task.Changes)).ToValueList();

    private static string? Refusal(RunState state, ReviewDecision.Approved approved)
    {
        if (IsStale(state, approved))
            return $"The yes is for the work {approved.Work}, but the work of this run is {state.Work!.Tree}.";
        if (Unknown(state, Named([.. approved.Except, .. approved.TakenIn], approved.Parts)) is { } unknown)
            return unknown;
        var after = After(state, approved);
        return state.Work!.Included.Concat(approved.TakenIn).All(id => after.LeftOut.Contains(id) || IsCutWhole(after, after.Task(id)))
            ? "Nothing is left to commit; reject the work instead."
            : BuiltOn(after) ?? WentOnFrom(after);
    }

    private static bool IsCutWhole(RunState state, TaskState task) => task.Changes.Files.Count > 0 && ReviewedChanges.Of(state, task).Files.Count == 0;

    // The file holds the lender's changes too, so that leaving out the lender alone would commit a part of its work under another name.
    private static string? BuiltOn(RunState state) =>
        (from task in state.Tasks
         where task.IsComplete && !state.LeftOut.Contains(task.Id)
         from request in task.Requests
         where request is { Decision: FileDecision.Granted, Owner: not null }
         let owner = state.Task(request.Owner!.Value)
         where state.LeftOut.Contains(owner.Id) || (ReviewedChanges.Of(state, task).Find(request.Path) is not null && ReviewedChanges.PartsOf(state, owner).Any(part => part.Path == request.Path))
         select $"{task.Agent} took over '{request.Path}' from {owner.Agent} and works on its version; leave out {task.Agent} too, or keep {owner.Agent}.").FirstOrDefault();

    // A later task's version of a file holds the lines of the earlier ones, so that they would be committed under its name.
    private static string? WentOnFrom(RunState state) =>
        (from task in state.Tasks
         where task.IsComplete && !state.LeftOut.Contains(task.Id)
         let kept = ReviewedChanges.Of(state, task)
         let ancestors = WorkOrder.AncestorsOf(state, task.Id)
         from earlier in state.Tasks
         where ancestors.Contains(earlier.Id)
         from path in LeftOutOf(state, earlier)
         where kept.Find(path) is not null && ReviewedChanges.PartsOf(state, task).All(part => part.Path != path)
         select $"{task.Agent} went on from {earlier.Agent}'s version of '{path}', so that what you leave out would be committed with its work; leave out {task.Agent}:{path} too, or ask {task.Agent} for changes.").FirstOrDefault();

    private static IEnumerable<RepoPath> LeftOutOf(RunState state, TaskState task) => state.LeftOut.Contains(task.Id)
        ? task.Changes.Files.Select(file => file.Path)
        : ReviewedChanges.PartsOf(state, task).Select(part => part.Path);

    private static IEnumerable<TaskId?> Named(ValueList<TaskId> except, ValueList<LeftOutPart> parts) => except.Concat(parts.Select(part => part.Task)).Select(id => (TaskId?)id);

    private static string? Unknown(RunState state, IEnumerable<TaskId?> named) =>
        named.FirstOrDefault(id => id is { } known && state.Tasks.All(task => task.Id != known)) is { } unknown ? $"The plan has no task '{unknown}'." : null;
}
