using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What a run cost and what it saved, from its state alone.</summary>
/// <param name="Seconds">From the first event to the end, in seconds; waiting for humans included, the time between a stop and a resume not.</param>
/// <param name="WorkSeconds">The same without the time that the run waited for a human.</param>
/// <param name="Agents">Tasks whose agent took at least one turn.</param>
/// <param name="Files">Every changed file of what was landed or is to be reviewed.</param>
/// <param name="Tests">The tests as measured on the combined work, or null.</param>
/// <param name="PlannerUsage">Tokens of the planner, and of the triage before it.</param>
/// <param name="AgentsUsage">Tokens of all agents.</param>
/// <param name="Models">Tokens and cost by model.</param>
/// <param name="Cost">What the run cost.</param>
/// <param name="Alone">What one agent of the planner's model alone is estimated to have cost; null when no agent worked, and in a run of one agent.</param>
/// <param name="Receipt">What was landed, or null.</param>
public sealed record RunSummary(
    double Seconds,
    double WorkSeconds,
    int Agents,
    ValueList<FileStat> Files,
    TestCounts? Tests,
    Usage PlannerUsage,
    Usage AgentsUsage,
    ValueList<ModelTotal> Models,
    Cost Cost,
    Counterfactual? Alone,
    CommitReceipt? Receipt)
{
    /// <summary>What was estimated before the yes and what it became; null when nothing was estimated, or no agent worked.</summary>
    public EstimateOutcome? Estimate { get; init; }

    /// <summary>How long each stage was worked on; empty when no agent was started.</summary>
    public ValueList<StageTime> Stages { get; init; } = [];

    /// <summary>How many seconds the review was open and waited for a human, of all its rounds.</summary>
    public double ReviewSeconds { get; init; }

    /// <summary>Lines added and deleted by what landed; 0 as long as nothing has.</summary>
    public int AcceptedLines => Receipt is null ? 0 : AddedLines + DeletedLines;

    /// <summary>Seconds of review for each accepted line; null when nothing landed or no human was asked.</summary>
    public double? ReviewSecondsPerLine => AcceptedLines > 0 && ReviewSeconds > 0 ? ReviewSeconds / AcceptedLines : null;

    /// <summary>Lines added in <see cref="Files"/>.</summary>
    public int AddedLines => Files.Sum(file => file.Added);

    /// <summary>Lines deleted in <see cref="Files"/>.</summary>
    public int DeletedLines => Files.Sum(file => file.Deleted);

    /// <summary>All tokens of the run.</summary>
    public Usage Usage => PlannerUsage + AgentsUsage;

    /// <summary>The part of all input tokens that was read from the prompt cache, from 0 to 1; 0 when nothing was read.</summary>
    public double CachedShare => Usage.TotalInput == 0 ? 0 : (double)Usage.CacheRead / Usage.TotalInput;

    /// <summary>The summary of a run at any point.</summary>
    public static RunSummary From(RunState state)
    {
        var planner = state.Calls.Where(call => call.Agent is null).ToList();
        var agents = state.Calls.Where(call => call.Agent is not null).ToList();
        var files = state.Work?.Files ?? [];
        var checks = state.Work?.Checks.Sum(check => check.Seconds) ?? 0;
        return new RunSummary(
            state.Seconds - state.StoppedSeconds,
            state.WorkSeconds,
            state.Tasks.Count(task => task.Turns.Count > 0),
            files,
            state.Work?.Tests,
            Sum(planner),
            Sum(agents),
            state.Calls.GroupBy(call => call.Model).Select(group => new ModelTotal(group.Key, Sum(group), group.Aggregate(Cost.Zero, (sum, call) => sum + call.Cost))).ToValueList(),
            BudgetRules.Spent(state),
            agents.Count == 0 || files.Count == 0 || state.Settings.Mode is RunMode.Single ? null : Counterfactual.Of(
                state.Settings.Planner,
                DateOnly.FromDateTime(state.StartedAt.UtcDateTime),
                files.Count,
                agents.Sum(call => call.Usage.Output),
                SpeedOf(state, [.. planner.Where(call => !TriageRules.IsOf(call, state.Settings))]),
                checks),
            state.Receipt)
        {
            Estimate = EstimateOutcome.Of(state),
            Stages = StageTime.Of(state),
            ReviewSeconds = state.ReviewSeconds,
        };
    }

    private static Usage Sum(IEnumerable<ModelCall> calls) => calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage);

    // The planner's speed as this run measured it; the catalogue's where it made no call.
    private static ModelSpeed SpeedOf(RunState state, List<ModelCall> planner)
    {
        var streaming = planner.Sum(call => call.Seconds - call.FirstByteSeconds);
        var facts = new ModelSpeed(state.Settings.Planner.FirstTokenSeconds, state.Settings.Planner.TokensPerSecond);
        return planner.Count == 0 || streaming <= 0 ? facts : new ModelSpeed(planner.Average(call => call.FirstByteSeconds), planner.Sum(call => call.Usage.Output) / streaming);
    }
}

/// <summary>What one model used in a run.</summary>
/// <param name="Model">The model.</param>
/// <param name="Usage">Its tokens.</param>
/// <param name="Cost">Their cost.</param>
public sealed record ModelTotal(ModelId Model, Usage Usage, Cost Cost);
