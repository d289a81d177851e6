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
    /// <param name="files">What its change set is, counted.</param>
    public static TaskReport Of(TaskState task, ValueList<FileStat> files)
    {
        var (state, words, reason) = task.Outcome switch
        {
            AttemptOutcome.Completed done => (TaskReportState.Complete, (AgentWords?)done.Words, (string?)null),
            AttemptOutcome.Incomplete missing => (TaskReportState.Incomplete, missing.Words, missing.Reason),
            AttemptOutcome.Blocked blocked => (TaskReportState.Blocked, blocked.Words, blocked.Words.Notes ?? blocked.Words.Work),
            AttemptOutcome.Failed failed => (TaskReportState.Failed, null, failed.Reason),
            _ => throw new UnreachableException(),
        };
        return new TaskReport(
            task.Id,
            task.Agent,
            state,
            files,
            task.Check?.Result,
            words,
            Contradictions(task, words, files).ToValueList(),
            reason,
            task.Turns.Aggregate(default(Usage), (sum, turn) => sum + turn.Call.Usage),
            task.Turns.Aggregate(Cost.Zero, (sum, turn) => sum + turn.Call.Cost),
            task.Turns.Count);
    }

    private static IEnumerable<string> Contradictions(TaskState task, AgentWords? words, ValueList<FileStat> files)
    {
        if (words is null || task.Outcome is AttemptOutcome.Blocked)
            yield break;
        if (files.Count == 0)
            yield return "It reports work, but no file differs.";
        if (task.Check is { Result.Passed: false } check)
            yield return $"It reports that it is done, but its check '{check.Result.Command}' failed.";
        foreach (var path in task.Missing)
            yield return $"It reports that it is done, but '{path}' does not exist.";
    }
}
