using System.Diagnostics;
using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>Derives a report from what happened.</summary>
public static class ReportRules
{
    /// <summary>The report of a task whose attempt has ended.</summary>
    /// <param name="task">The task; has an outcome.</param>
    /// <param name="evidence">What was measured of its work.</param>
    /// <param name="isAlone">Whether the agent does a whole request by itself, which may ask for an answer and not for a change.</param>
    public static TaskReport Of(TaskState task, Evidence evidence, bool isAlone = false)
    {
        var (criteria, doubts) = CriteriaRules.Of(task, evidence);
        var outcome = Judged(task.Outcome!, criteria, evidence, isAlone);
        var (state, words, reason) = outcome switch
        {
            AttemptOutcome.Completed done => (TaskReportState.Complete, (AgentWords?)done.Words, (string?)null),
            AttemptOutcome.Incomplete missing => (StateOf(missing, task), missing.Words, missing.Reason),
            AttemptOutcome.Blocked blocked => (TaskReportState.Blocked, blocked.Words, blocked.Words.Notes ?? blocked.Words.Work),
            AttemptOutcome.Failed failed => (TaskReportState.Failed, null, failed.Reason),
            _ => throw new UnreachableException(),
        };
        return new TaskReport(
            task.Id,
            task.Agent,
            state,
            evidence.Files,
            task.Check?.Result,
            words,
            Contradictions(task, words, evidence, isAlone).Concat(words is null ? [] : doubts).ToValueList(),
            reason,
            task.Turns.Aggregate(default(Usage), (sum, turn) => sum + turn.Call.Usage),
            task.Turns.Aggregate(Cost.Zero, (sum, turn) => sum + turn.Call.Cost),
            task.Turns.Count)
        {
            Failure = (outcome as AttemptOutcome.Incomplete)?.Failure,
            Hint = (outcome as AttemptOutcome.Incomplete)?.Hint,
            Compiled = task.Compiled?.Result,
            Commands = task.Commands,
            Criteria = criteria,
            Requests = task.Requests,
        };
    }

    // What the agent and its check let pass is complete only when nothing that was measured speaks against it.
    private static AttemptOutcome Judged(AttemptOutcome outcome, ValueList<CriterionResult> criteria, Evidence evidence, bool isAlone)
    {
        if (outcome is not AttemptOutcome.Completed done)
            return outcome;
        if (evidence.Files.Count == 0 && !isAlone)
            return new AttemptOutcome.Incomplete("No file differs from what the task was given.", done.Words) { Failure = FailureClass.NoChange };
        var unmet = criteria.Where(criterion => criterion.Standing is CriterionStanding.NotMet).Select(criterion => $"{criterion.Criterion} ({criterion.Evidence})").ToList();
        return unmet.Count == 0 ? done : new AttemptOutcome.Incomplete($"Not met: {string.Join("; ", unmet)}", done.Words) { Failure = FailureClass.Criterion };
    }

    private static TaskReportState StateOf(AttemptOutcome.Incomplete outcome, TaskState task) =>
        !FailureRules.Escalates(outcome.Failure) || (FailureRules.IsOfTheWork(outcome.Failure) && task.Order?.Reason is AttemptReason.Escalation) ? TaskReportState.Failed : TaskReportState.Incomplete;

    private static IEnumerable<string> Contradictions(TaskState task, AgentWords? words, Evidence evidence, bool isAlone)
    {
        foreach (var claim in ClaimRules.Unfounded(task))
            yield return claim;
        if (words is null || task.Outcome is AttemptOutcome.Blocked)
            yield break;
        if (evidence.Files.Count == 0 && !isAlone)
            yield return "It reports work, but no file differs.";
        if (task.Check is { Result.Passed: false } check)
            yield return $"It reports that it is done, but its check '{check.Result.Command}' failed.";
        if (task.Compiled is { Result.Passed: false } compiled && compiled.AfterTurn == task.Turns.LastOrDefault()?.Number)
            yield return "It reports that it is done, but its C# does not compile.";
        foreach (var path in task.Missing)
            yield return $"It reports that it is done, but '{path}' does not exist.";
        foreach (var claim in ClaimRules.Contradictions(task, words, CriteriaRules.RunsOf(task, evidence)))
            yield return claim;
    }
}
