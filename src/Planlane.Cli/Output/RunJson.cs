using System.Text.Json;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Commits;
using Planlane.Journal;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Output;

/// <summary>A run as JSON.</summary>
internal static class RunJson
{
    /// <summary>The last line of a run's stream.</summary>
    public static object Result(RunState state, int exitCode) => new
    {
        Type = "result",
        ExitCode = exitCode,
        Run = state.Id,
        Status = RunStatus.Of(state).Name,
        state.Triage,
        Reason = state.End?.Reason ?? RunDecider.StandsStill(state)?.Message,
        Next = RunStatus.NextCommand(state),
        PlanHash = state.Plan is { } plan ? Planning.PlanFile.HashOf(plan) : null,
        Left = RunDecider.StandsStill(state) is null ? null : Left(state),
        Summary = RunSummary.From(state),
    };

    /// <summary>A line of a list.</summary>
    public static object Line(RunOverview run) => new
    {
        Type = "run",
        Run = run.Id,
        Status = RunStatus.Of(run).Name,
        run.Title,
        run.After,
        run.Branch,
        run.StartedAt,
        run.LastAt,
        run.Agents,
        run.Files,
        run.Added,
        run.Deleted,
        run.Cost,
        run.Commits,
        Undone = run.IsUndone,
        run.Scripted,
        Next = RunStatus.NextCommand(run),
    };

    /// <summary>Everything that a reader of one run needs.</summary>
    public static object Whole(RunState state, IReadOnlyList<RecordedEvent> events) => new
    {
        Type = "run",
        Run = state.Id,
        Status = RunStatus.Of(state).Name,
        Next = RunStatus.NextCommand(state),
        state.Request,
        state.Earlier,
        state.Base,
        state.Settings,
        state.StartedAt,
        state.LastAt,
        state.Triage,
        Plan = state.Plan is { } shown ? Planning.PlanDocument.ToJson(shown) : null,
        PlanHash = state.Plan is { } plan ? Planning.PlanFile.HashOf(plan) : null,
        state.Estimate,
        Agents = state.Tasks.Select(task => Facts(state, task)),
        Decisions = events.Where(recorded => recorded.Event is PlanDecided or ReviewDecided or RunUndone).Select(recorded => new
        {
            recorded.Sequence,
            recorded.At,
            Event = JsonSerializer.SerializeToNode<RunEvent>(recorded.Event, EventJson.Options),
        }),
        state.Work,
        state.LeftOut,
        state.LeftOutParts,
        state.Receipt,
        Undone = state.IsUndone,
        Halt = RunDecider.StandsStill(state),
        Left = Left(state),
        state.End,
        CostReport.From(state).Askers,
        Timeline = RunTimeline.Of(events),
        Summary = RunSummary.From(state),
    };

    /// <summary>What a run used and cost; amounts are exact.</summary>
    public static object Costs(RunState state)
    {
        var report = CostReport.From(state);
        return new
        {
            Type = "costs",
            Run = state.Id,
            Currency = "USD",
            report.Calls,
            report.Askers,
            report.Models,
            report.Usage,
            report.Cost,
            Budget = state.Settings?.Budget,
            state.Settings?.SharedBudgets,
            Left = Left(state),
            state.Settings?.Scripted,
        };
    }

    /// <summary>What one agent did.</summary>
    public static object Agent(RunState state, TaskState task) => new { Type = "agent", Work = Facts(state, task) };

    // What a run that has not ended has still to do.
    private static Budgets.WorkLeft? Left(RunState state) => state.End is null && state.Sequence > 0 ? Budgets.WorkLeft.Of(state) : null;

    // The report stands as it was recorded; the criteria are those after the checks of all work together.
    private static object Facts(RunState state, TaskState task) => new
    {
        Agent = task.Agent,
        Task = task.Id,
        task.Task.Title,
        Lane = task.Lane,
        Complete = task.IsComplete,
        Turns = task.Turns.Count,
        task.AttemptTimes,
        task.Changes,
        task.Report,
        Criteria = task.Report is null ? null : (object)Reports.CriteriaRules.Now(task, state.Work),
    };
}
