using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>What was estimated before the yes, and what it became so far.</summary>
/// <param name="Usd">US dollars of the whole run.</param>
/// <param name="Minutes">Minutes of work, without waiting for a human.</param>
/// <param name="FreshTokens">Tokens but cache reads.</param>
/// <param name="ProcessedTokens">All tokens.</param>
/// <param name="Tasks">The output of each task whose agent took a turn, in the plan's order.</param>
public sealed record EstimateOutcome(Outcome Usd, Outcome Minutes, Outcome FreshTokens, Outcome ProcessedTokens, ValueList<TaskOutcome> Tasks)
{
    private const double SecondsPerMinute = 60;

    /// <summary>The outcome of a run at any point; null when nothing was estimated, or no agent has taken a turn.</summary>
    public static EstimateOutcome? Of(RunState state)
    {
        if (state.Estimate is not { } estimate || state.Tasks.All(task => task.Turns.Count == 0))
            return null;
        var usage = state.Calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage);
        return new EstimateOutcome(
            Outcome.Of(estimate.Total.Usd, (double)BudgetRules.Spent(state).Usd),
            Outcome.Of(estimate.Total.Minutes, state.WorkSeconds / SecondsPerMinute),
            Outcome.Of(estimate.Total.FreshTokens, usage.Fresh),
            Outcome.Of(estimate.Total.ProcessedTokens, usage.Total),
            estimate.Tasks.Join(
                state.Tasks.Where(task => task.Turns.Count > 0),
                estimated => estimated.Task,
                task => task.Id,
                (estimated, task) => new TaskOutcome(task.Id, Outcome.Of(estimated.OutputTokens, task.Turns.Sum(turn => turn.Call.Usage.Output)))).ToValueList());
    }

    /// <summary>What a run says of the formulas; null when it has not ended, or not all of its tasks were worked on, so that it is no whole measure.</summary>
    public static EstimateLesson? LessonOf(RunState state)
    {
        if (state is not { End.Outcome: RunOutcome.Completed or RunOutcome.CompletedInPart or RunOutcome.Rejected, Work: { } work, Estimate: { } estimate }
            || state.Tasks.Any(task => task.Turns.Count == 0)
            || Of(state) is not { } outcome)
            return null;
        var (planning, basis) = (estimate.Planning, estimate.Basis);
        var round = work.Checks.Sum(check => check.Seconds) / SecondsPerMinute;
        var agentMinutes = outcome.Minutes.Actual - planning.Minutes - (round * state.CombinedRounds);
        return new EstimateLesson(
            state.Id,
            state.LastAt,
            state.Settings.Planner.Id,
            state.Settings.Agent.Id,
            state.Settings.Scripted,
            Ratio(outcome.Usd.Actual - planning.Usd, estimate.Agents.Usd, basis.Usd),
            Ratio(agentMinutes, estimate.Agents.Minutes, basis.AgentMinutes),
            Ratio(round, estimate.CheckRoundMinutes, basis.CheckMinutes),
            Ratio(outcome.FreshTokens.Actual - planning.FreshTokens, estimate.Agents.FreshTokens, basis.FreshTokens),
            Ratio(outcome.ProcessedTokens.Actual - planning.ProcessedTokens, estimate.Agents.ProcessedTokens, basis.ProcessedTokens),
            LearnedFactor.MedianOf(outcome.Tasks.Select(task => Ratio(task.OutputTokens.Actual, new Spread(task.OutputTokens.Median, task.OutputTokens.High), basis.OutputTokens))));
    }

    // Against the formulas alone: an estimate that was already corrected must not hide that they were wrong.
    private static double Ratio(double actual, Spread estimated, LearnedFactor corrected) => estimated.Median > 0 && actual > 0 ? actual / (estimated.Median / corrected.Factor) : 0;
}

/// <summary>What a quantity was estimated as, and what it became.</summary>
/// <param name="Median">The estimated median.</param>
/// <param name="High">The estimated 95th percentile.</param>
/// <param name="Actual">What was measured.</param>
public sealed record Outcome(double Median, double High, double Actual)
{
    internal static Outcome Of(Spread estimated, double actual) => new(estimated.Median, estimated.High, actual);
}

/// <summary>The output of a task, estimated and measured.</summary>
/// <param name="Task">The task.</param>
/// <param name="OutputTokens">Output tokens of all its turns.</param>
public sealed record TaskOutcome(TaskId Task, Outcome OutputTokens);
