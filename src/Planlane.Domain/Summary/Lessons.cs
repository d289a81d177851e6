using Planlane.Approval;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What a follow-up is told of the run before it, from that run's journal.</summary>
public static class Lessons
{
    // Together at most some 6,000 tokens beside the map's 30,000; a run of hundreds of agents has more to say than a planner can use.
    private const int MostGoal = 2_000;
    private const int MostWords = 400;
    private const int MostCommits = 40;
    private const int MostFiles = 120;
    private const int MostItems = 30;
    private const int MostBefore = 5;

    /// <summary>The lessons of a run that landed.</summary>
    /// <param name="events">Its journal.</param>
    /// <exception cref="InvalidOperationException">It has landed nothing.</exception>
    public static EarlierRun Of(IReadOnlyList<RecordedEvent> events)
    {
        var state = events.Aggregate(RunState.Empty, (before, recorded) => before.Apply(recorded));
        var receipt = state.Receipt ?? throw new InvalidOperationException($"Run {state.Id} has landed nothing.");
        return new EarlierRun(
            state.Id,
            Cut(state.Request.Goal, MostGoal),
            receipt.NewHead,
            receipt.Commits.Select(commit => Cut(commit.Subject, MostWords)).Take(MostCommits).ToValueList(),
            FilesOf(state).Take(MostFiles).ToValueList(),
            (state.ApprovedPlan?.Plan.Contracts ?? []).Select(contract => contract.Path).Order().Take(MostItems).ToValueList(),
            Decisions(state, events).Take(MostItems).ToValueList(),
            Left(state).Take(MostItems).ToValueList(),
            Notes(state).Take(MostItems).ToValueList(),
            state.Earlier is { } earlier ? earlier.Before.Prepend(new EarlierGoal(earlier.Id, Cut(earlier.Goal, MostWords))).Take(MostBefore).ToValueList() : []);
    }

    // The files with the most changed lines first, so that what is cut off matters least.
    private static IEnumerable<RepoPath> FilesOf(RunState state) => (state.ApprovedChanges?.Work.Files ?? state.Work?.Files ?? [])
        .Where(file => file.Kind is not FileChangeKind.Deleted).OrderByDescending(file => file.Added + file.Deleted).ThenBy(file => file.Path).Select(file => file.Path);

    private static IEnumerable<string> Decisions(RunState state, IReadOnlyList<RecordedEvent> events)
    {
        foreach (var constraint in state.Request.Constraints)
            yield return $"The work had to satisfy: {Cut(constraint, MostWords)}";
        foreach (var recorded in events)
            if (recorded.Event is PlanDecided { Decision: PlanDecision.Revise revise })
                yield return $"Of the plan the user said: {Cut(revise.Words, MostWords)}";
            else if (recorded.Event is ReviewDecided { Decision: ReviewDecision.ChangesRequested changes })
                foreach (var comment in changes.Comments)
                    yield return $"Of the work{(comment.Task is { } task ? $" on '{task}'" : "")} the user said: {Cut(comment.Path is { } path ? $"{path}: {comment.Text}" : comment.Text, MostWords)}";
    }

    private static IEnumerable<string> Left(RunState state)
    {
        foreach (var task in state.Tasks)
        {
            var included = state.ApprovedChanges?.Work.Included.Contains(task.Id) ?? false;
            if (!included)
                yield return $"{Cut(task.Task.Title, MostWords)}: {(state.LeftOut.Contains(task.Id) ? "left out by the user" : Cut(task.Report?.Reason ?? "not completed", MostWords))}";
            else
            {
                foreach (var part in ReviewedChanges.PartsOf(state, task))
                    yield return $"{Cut(task.Task.Title, MostWords)}: {(part.Kept is null ? part.Path : $"parts of {part.Path}")} left out by the user";
                foreach (var criterion in CriteriaRules.Now(task, state.Work).Where(item => item.Standing is CriterionStanding.NotMet))
                    yield return $"{Cut(task.Task.Title, MostWords)}: not met: {Cut(criterion.Criterion, MostWords)}";
            }
        }
    }

    private static IEnumerable<string> Notes(RunState state) => from task in state.Tasks
                                                                where task.Report?.Words is { Notes.Length: > 0 }
                                                                select $"{task.Agent}: {Cut(task.Report!.Words!.Notes!, MostWords)}";

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..most]}…";
}
