using Planlane.Agents;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

/// <summary>How long a stage of a run was worked on. Stages overlap, as there is no barrier between them, so that their times may add up to more than the run's.</summary>
/// <param name="Number">The stage, from 1.</param>
/// <param name="Title">The planner's title, or null.</param>
/// <param name="Agents">How many of its tasks were begun.</param>
/// <param name="Seconds">The seconds in which at least one attempt at one of its tasks was being made; waits for a human are none.</param>
public sealed record StageTime(int Number, string? Title, int Agents, double Seconds)
{
    /// <summary>The stages of which an attempt was begun, in their order.</summary>
    public static ValueList<StageTime> Of(RunState state)
    {
        if (state.ApprovedPlan is null || state.Tasks.Count == 0)
            return [];
        var tasks = state.Tasks.ToDictionary(task => task.Id);
        return (from stage in PlanGraph.StagesOf(state.ApprovedPlan.Plan)
                let begun = stage.Tasks.Select(task => tasks[task.Id]).Where(task => task.AttemptTimes.Count > 0).ToList()
                where begun.Count > 0
                select new StageTime(stage.Number, stage.Title, begun.Count, Covered(begun.SelectMany(task => task.AttemptTimes), state.WorkSeconds))).ToValueList();
    }

    // The length of all intervals together, each moment once.
    private static double Covered(IEnumerable<AttemptTime> times, double now)
    {
        var (covered, until) = (0.0, double.NegativeInfinity);
        foreach (var time in times.OrderBy(time => time.Start))
        {
            var end = time.End ?? now;
            covered += Math.Max(0, end - Math.Max(time.Start, until));
            until = Math.Max(until, end);
        }

        return covered;
    }
}
