using System.Text.Json;
using Planlane.Budgets;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Values;

namespace Planlane.Trials.Savings;

/// <summary>What no division of the work could go below: a plan that streams, a perfect cache, no mistake, one build.</summary>
/// <remarks>
/// Source: the reference arithmetic of 2026, section "physical limit". Time is the first token of the planner and its contracts, the first token of an agent and the longest task at the agents'
/// speed, and one build and test. Dollars are a prompt of 2,500 tokens and 1,000 tokens of plan, a prefix of 1,400 tokens and the plan that is written to the cache once and read by the others,
/// 250 tokens of brief for each agent, and the code at the agents' price of output. No task waits for another.
/// </remarks>
/// <param name="Seconds">Seconds.</param>
/// <param name="Usd">Dollars at the prices of the models that were used.</param>
/// <param name="UsdCurrent">Dollars at today's prices.</param>
/// <param name="Fresh">Fresh tokens.</param>
internal sealed record PhysicalLimit(double Seconds, double Usd, double UsdCurrent, double Fresh)
{
    private const int PlannerPrompt = 2_500;
    private const int PlanTokens = 1_000;
    private const int PrefixTokens = 1_400;
    private const int BriefTokens = 250;

    public static PhysicalLimit Of(Assumptions assumptions, Scenario scenario, Regime regime)
    {
        using var plan = JsonDocument.Parse(scenario.Plan);
        var contracts = plan.RootElement.GetProperty("contracts").EnumerateArray().Sum(contract => TokenCount.Of(contract.GetProperty("content").GetString()!));
        var owned = plan.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("outputTokens").GetInt32()).ToList();
        if (owned.Count == 0)
            return new PhysicalLimit(double.NaN, double.NaN, double.NaN, double.NaN);
        var code = owned.Sum();
        var (planner, agent) = (LatencyProfile.Measured.Families["sonnet"], LatencyProfile.Measured.Families["haiku"]);
        var seconds = planner.FirstTokenSeconds + (contracts / planner.TokensPerSecond) + agent.FirstTokenSeconds + (owned.Max() / agent.TokensPerSecond)
            + (regime.MedianSeconds ?? assumptions.CaseOf(scenario.Name).SeedTau);
        var prefix = PrefixTokens + PlanTokens;
        var plans = new Usage(0, PlanTokens, 0, PlannerPrompt);
        var agents = new Usage(BriefTokens * owned.Count, code, (long)prefix * (owned.Count - 1), prefix);
        var figures = new CallFigures(assumptions);
        return new PhysicalLimit(seconds, Cost(figures.Prices), Cost(figures.CurrentPrices), plans.Fresh + agents.Fresh);

        double Cost(ValueList<ModelFacts> prices) => Price(prices, assumptions.Planner, plans) + Price(prices, assumptions.Agent, agents);
    }

    public static PhysicalLimit Sum(IEnumerable<PhysicalLimit> limits) => limits.Aggregate((left, right) => new PhysicalLimit(left.Seconds + right.Seconds, left.Usd + right.Usd, left.UsdCurrent + right.UsdCurrent, left.Fresh + right.Fresh));

    private static double Price(ValueList<ModelFacts> prices, string model, Usage usage)
    {
        var facts = prices.First(row => row.Id.Value == model);
        return (double)facts.CostOf(usage, DateOnly.MaxValue).Usd;
    }
}
