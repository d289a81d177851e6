using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What a plan is expected to cost and take, before anything is spent on agents.</summary>
/// <param name="Low">Planning so far and each agent in one turn, the shared prefix read from the cache.</param>
/// <param name="High">The same with every agent repaired once and the prefix never cached.</param>
/// <param name="MinutesLow">The longest chain of agents at the models' typical speeds, without the time of checks.</param>
/// <param name="MinutesHigh">The same with every agent repaired once.</param>
/// <param name="Alone">One agent of the planner's model alone.</param>
public sealed record PlanEstimate(Cost Low, Cost High, double MinutesLow, double MinutesHigh, Counterfactual Alone)
{
    /// <summary>Estimates a plan.</summary>
    /// <param name="plan">A plan without problems.</param>
    /// <param name="settings">The models and slots.</param>
    /// <param name="spent">What planning has cost so far.</param>
    /// <param name="sharedTokens">Tokens of the prefix that all agents share.</param>
    /// <param name="day">The day whose prices hold.</param>
    /// <param name="tokensOf">The tokens of a file that a task reads or changes; files count nothing when null.</param>
    public static PlanEstimate Of(Plan plan, RunSettings settings, Cost spent, int sharedTokens, DateOnly day, Func<RepoPath, int>? tokensOf = null)
    {
        var price = settings.Agent.PriceOn(day);
        var cached = sharedTokens >= settings.Agent.CacheMinimumTokens;
        Cost low = spent, high = spent;
        foreach (var task in plan.Tasks)
        {
            var brief = TokenCount.Of(task.Brief) + 200 + (tokensOf is null ? 0 : task.Reads.Concat(task.Owns.Named).Distinct().Sum(tokensOf));
            var output = task.Estimate.OutputTokens;
            low += price.Of(cached ? new Usage(brief, output, sharedTokens, 0) : new Usage(sharedTokens + brief, output, 0, 0));
            high += price.Of(new Usage((2 * (sharedTokens + brief)) + output, 2L * output, 0, 0));
        }

        var seconds = LongestChain(plan, settings, task => settings.Agent.FirstTokenSeconds + (task.Estimate.OutputTokens / settings.Agent.TokensPerSecond));
        var alone = Counterfactual.Of(
            settings.Planner,
            day,
            Math.Max(1, plan.Tasks.Sum(task => Math.Max(1, task.Owns.Paths.Count))),
            plan.Tasks.Sum(task => (long)task.Estimate.OutputTokens),
            new ModelSpeed(settings.Planner.FirstTokenSeconds, settings.Planner.TokensPerSecond),
            checkSeconds: 0);
        return new PlanEstimate(low, high, seconds / 60, 2 * seconds / 60, alone);
    }

    // With fewer slots than tasks the work itself can be longer than the longest chain.
    private static double LongestChain(Plan plan, RunSettings settings, Func<PlannedTask, double> secondsOf) =>
        plan.Tasks.Count == 0 ? 0 : Math.Max(PlanGraph.RemainingSeconds(plan, secondsOf).Values.Max(), plan.Tasks.Sum(secondsOf) / settings.Slots);
}
