using CsCheck;
using Planlane.Budgets;

namespace Planlane.Planning;

public sealed class PlanEstimateTests
{
    private static readonly Plan Chain = Some.Plan(
        Some.Task("types", tokens: 970) with { Brief = new('x', 350) },
        Some.Task("service", after: ["types"], tokens: 1_940) with { Brief = new('x', 350) });

    [Fact]
    public void Of_SharedPrefixThatIsCached_IsReadByEveryAgentAtTheLowEnd()
    {
        var estimate = PlanEstimate.Of(Chain, Some.Settings, new(0.05m), 5_000, Some.Day);

        Assert.Equal(new Cost(0.05m + ((2 * 300) + (2_910 * 5) + (2 * 5_000 * 0.10m)) / 1_000_000m), estimate.Low);
        Assert.Equal(new Cost(0.05m + ((4 * 5_300) + 2_910 + (2 * 2_910 * 5)) / 1_000_000m), estimate.High);
        Assert.Equal((0.7 + 10 + 0.7 + 20) / 60, estimate.MinutesLow, 9);
        Assert.Equal(2 * estimate.MinutesLow, estimate.MinutesHigh, 9);
        Assert.Equal(Counterfactual.Of(Some.Sonnet, Some.Day, 2, 2_910, new(1.8, 63), 0), estimate.Alone);
    }

    [Fact]
    public void Of_SharedPrefixBelowTheMinimum_IsPaidInFullByEveryAgent() => Assert.Equal(
        new Cost(((2 * 4_300) + (2_910 * 5)) / 1_000_000m),
        PlanEstimate.Of(Chain, Some.Settings, Cost.Zero, 4_000, Some.Day).Low);

    [Fact]
    public void Of_FewerSlotsThanTasks_TakesTheWorkByTheSlots() => Assert.Equal(
        2 * 20.7 / 60,
        PlanEstimate.Of(Some.Plan(Some.Task("a", tokens: 1_940), Some.Task("b", tokens: 1_940), Some.Task("c", tokens: 1_940), Some.Task("d", tokens: 1_940)), Some.Settings with { Slots = 2 }, Cost.Zero, 0, Some.Day).MinutesLow,
        9);

    [Fact]
    public void Of_AnyPlan_HasTheLowEndBelowTheHighEnd() => Gen.Select(Gen.Int[1, 5_000].Array[0, 6], Gen.Int[0, 20_000], Gen.Int[1, 8]).Sample((tokens, shared, slots) =>
    {
        var plan = Some.Plan([.. tokens.Select((count, index) => Some.Task($"t{index}", tokens: count))]);
        var estimate = PlanEstimate.Of(plan, Some.Settings with { Slots = slots }, new(0.01m), shared, Some.Day);
        Assert.True(!(estimate.Low > estimate.High) && !(estimate.Low < new Cost(0.01m)) && estimate.MinutesLow <= estimate.MinutesHigh, $"{estimate}");
    });
}
