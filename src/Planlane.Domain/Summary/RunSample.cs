using Planlane.Budgets;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What one run came to, as one sample of a comparison; all of it measured.</summary>
/// <param name="Run">The run.</param>
/// <param name="End">How it ended.</param>
/// <param name="Seconds">From its first event to its end, without the time that it was stopped or waited for a human.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Usage">All of its tokens.</param>
/// <param name="Requests">Calls of models that were paid for.</param>
/// <param name="Agents">Tasks whose agent took at least one turn.</param>
/// <param name="Files">The files that its work changes.</param>
/// <param name="ChecksPassed">The checks that passed on the combined work.</param>
/// <param name="Checks">All checks of its plan.</param>
/// <param name="Tests">The tests as its checks counted them, or null when they counted none.</param>
public sealed record RunSample(
    RunId Run, SampleEnd End, double Seconds, Cost Cost, Usage Usage, int Requests, int Agents, int Files, int ChecksPassed, int Checks, TestCounts? Tests)
{
    /// <summary>The share of all input that was read from the prompt cache, from 0 to 1.</summary>
    public double CacheShare => Usage.TotalInput == 0 ? 0 : (double)Usage.CacheRead / Usage.TotalInput;

    /// <summary>Why there is no work to check, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The sample of a run that has ended.</summary>
    public static RunSample Of(RunState state)
    {
        var summary = RunSummary.From(state);
        var end = state switch
        {
            { End.Outcome: RunOutcome.Unsuitable } => SampleEnd.Declined,
            { Work.Included.Count: > 0 } => SampleEnd.Worked,
            _ => SampleEnd.Failed,
        };
        return new RunSample(
            state.Id, end, summary.WorkSeconds, summary.Cost, summary.Usage, state.Calls.Count, summary.Agents, summary.Files.Count,
            state.Work?.Checks.Count(check => check.Passed) ?? 0, state.Plan?.Checks.Count ?? 0, summary.Tests)
        {
            Reason = end is SampleEnd.Worked ? null : state.End?.Reason,
        };
    }
}

/// <summary>How a run of a comparison ended.</summary>
public enum SampleEnd
{
    /// <summary>There is work, on which the checks have run, whether or not they passed.</summary>
    Worked,

    /// <summary>The request was found not to divide; only that was paid for.</summary>
    Declined,

    /// <summary>There is no work: no valid plan, or no agent that ended its task.</summary>
    Failed,
}
