using Planlane.Agents;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

/// <summary>How long the agents of a run and its checks are likely to need from now on.</summary>
/// <remarks>
/// Each task counts with the median of its estimate, times how fast the complete tasks were against theirs; what is at work counts less by how long it has been. The time is the longer one of the
/// longest chain and of all work spread over the slots. Its high end lies above the median as far as that of the whole estimate does.
/// </remarks>
/// <param name="Minutes">Median and 95th percentile, in minutes.</param>
/// <param name="CriticalPath">The tasks of the longest chain that is left, each building on the one before; empty when all have ended.</param>
public sealed record TimeLeft(Spread Minutes, ValueList<TaskId> CriticalPath)
{
    private const double SecondsPerMinute = 60;

    // Who takes longer than expected is not done at once.
    private const double LeastShare = 0.15;

    /// <summary>The time left of a run; null before its plan is approved, and when nothing was estimated.</summary>
    /// <param name="state">The run.</param>
    /// <param name="secondsAtWork">For how many seconds the agent of a running task has been at work.</param>
    public static TimeLeft? Of(RunState state, Func<TaskId, double> secondsAtWork)
    {
        if (state is not { ApprovedPlan: not null, Plan: { } plan, Estimate: { } estimate, End: null } || state.Tasks.Count == 0)
            return null;

        var expected = estimate.Tasks.ToDictionary(task => task.Task, task => task.Work.Minutes.Median * SecondsPerMinute);
        var pace = PaceOf(state, expected);
        var tasks = state.Tasks.ToDictionary(task => task.Id);
        var stranded = DispatchRules.Stranded(state).Select(task => task.Id).ToHashSet();
        bool IsAhead(TaskState task) => task.IsOpen && !stranded.Contains(task.Id);
        double Left(TaskState task)
        {
            if (!IsAhead(task))
                return 0;
            var whole = expected.GetValueOrDefault(task.Id) * pace;
            return state.IsRunning(task) ? Math.Max(whole * LeastShare, whole - secondsAtWork(task.Id)) : whole;
        }

        var chains = PlanGraph.RemainingSeconds(plan, task => Left(tasks[task.Id]));
        var agents = Math.Max(chains.Values.Max(), state.Tasks.Sum(Left) / state.Settings.Slots);
        var median = (agents / SecondsPerMinute) + (state.Work is null && plan.Checks.Count > 0 ? estimate.CheckRoundMinutes.Median : 0);
        var width = estimate.Total.Minutes is { Median: > 0 } whole ? whole.High / whole.Median : 1;
        return new TimeLeft(new Spread(median, median * width), ChainOf(plan, task => IsAhead(tasks[task.Id]), chains));
    }

    // One task's worth of belief in the estimate, so that the first that ends does not decide alone.
    private static double PaceOf(RunState state, Dictionary<TaskId, double> expected)
    {
        var complete = state.Tasks.Where(task => task.IsComplete).ToList();
        var doubt = expected.Values.DefaultIfEmpty(0).Average();
        return doubt <= 0 ? 1 : (complete.Sum(SecondsOf) + doubt) / (complete.Sum(task => expected.GetValueOrDefault(task.Id)) + doubt);
    }

    private static double SecondsOf(TaskState task) => task.Turns.Sum(turn => turn.Call.Seconds) + task.Commands.Sum(command => command.Seconds) + (task.Check?.Result.Seconds ?? 0);

    private static ValueList<TaskId> ChainOf(Plan plan, Func<PlannedTask, bool> isAhead, IReadOnlyDictionary<TaskId, double> remaining)
    {
        var chain = new List<TaskId>();
        var next = plan.Tasks.Where(isAhead).MaxBy(task => remaining[task.Id]);
        while (next is { } task && chain.Count < plan.Tasks.Count)
        {
            chain.Add(task.Id);
            next = plan.Tasks.Where(other => other.DependsOn.Contains(task.Id) && isAhead(other)).MaxBy(other => remaining[other.Id]);
        }

        return chain.ToValueList();
    }
}
