using System.Globalization;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Budgets;

/// <summary>What a run that has not ended has still to do, and what that is expected to cost.</summary>
/// <param name="Tasks">The tasks whose work is not complete, in the plan's order; empty before there is a plan.</param>
/// <param name="OfTasks">How many tasks the plan has; 0 before there is one.</param>
/// <param name="Usd">Median and 95th percentile of the estimate for those tasks, in US dollars, a half-done task counted whole; null when nothing was estimated.</param>
public sealed record WorkLeft(ValueList<TaskId> Tasks, int OfTasks, Spread? Usd)
{
    private const int MostNames = 6;

    /// <summary>What a run has left to do.</summary>
    public static WorkLeft Of(RunState state)
    {
        var all = state.Tasks.Count > 0 ? state.Tasks.Select(task => task.Id) : state.Plan?.Tasks.Select(task => task.Id) ?? [];
        var left = state.Tasks.Count > 0 ? state.Tasks.Where(task => !task.IsComplete).Select(task => task.Id).ToValueList() : all.ToValueList();
        // Planning so far is no part of what a task is expected to cost, so the parts are added.
        var parts = state.Estimate?.Tasks.Where(task => left.Contains(task.Task)).Select(task => task.Work.Usd).ToList();
        return new WorkLeft(left, all.Count(), parts is not { Count: > 0 } ? null : new Spread(parts.Sum(part => part.Median), parts.Sum(part => part.High)));
    }

    /// <summary>A sentence for people.</summary>
    public override string ToString()
    {
        if (OfTasks == 0)
            return "Left to do: the plan and all of the work.";
        if (Tasks.Count == 0)
            return "Left to do: the checks, the review and the commits, which cost nothing unless a repair is needed.";
        var names = string.Join(", ", Tasks.Take(MostNames)) + (Tasks.Count > MostNames ? ", …" : "");
        var cost = Usd is { } usd ? string.Create(CultureInfo.InvariantCulture, $", estimated at {Cents(usd.Median)} to {Cents(usd.High)}") : "";
        return $"Left to do: {Tasks.Count} of {OfTasks} tasks ({names}){cost}.";
    }

    private static Cost Cents(double usd) => new((decimal)Math.Round(usd, 4));
}
