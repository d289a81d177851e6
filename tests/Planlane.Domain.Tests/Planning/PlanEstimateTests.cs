using CsCheck;
using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanEstimateTests
{
    private static readonly Plan Chain = Some.Plan(Some.Task("types", tokens: 970), Some.Task("service", after: ["types"], tokens: 1_940));

    private static readonly Gen<Plan> Plans =
        Gen.Select(Gen.Int[1, 5_000].Array[1, 7], Gen.Int[0, 1 << 20], Gen.Bool).Select((tokens, edges, hasChecks) => Some.Plan(
            [.. tokens.Select((count, index) => Some.Task($"t{index}", tokens: count, check: (edges >> index) % 3 == 0 ? "make check" : null, after: [.. Enumerable.Range(0, index)
                .Where(before => ((edges >> ((index + (3 * before)) % 20)) & 1) == 1).Select(before => $"t{before}")]))]) with
        {
            Checks = hasChecks ? [new("test", "make test")] : [],
        });

    [Fact]
    public void Of_SharedPrefixThatIsCached_CostsLessThanOneThatEveryAgentPaysInFull()
    {
        var cached = Of(Chain, shared: 5_000);
        var paid = Of(Chain, shared: 5_000, settings: Some.Settings with { Agent = Some.Haiku with { CacheMinimumTokens = 6_000 } });

        // Two agents: one writes the prefix at 1.25 and one reads it at 0.1, against twice the whole price.
        Assert.Equal(5_000 * (2 - 1.35) / 1_000_000, paid.Total.Usd.Median - cached.Total.Usd.Median, 9);
        Assert.Equal(paid.Total.ProcessedTokens, cached.Total.ProcessedTokens);
        Assert.True(cached.Total.FreshTokens.Median < paid.Total.FreshTokens.Median, $"{cached} {paid}");
    }

    [Fact]
    public void Of_PrefixThatPaysToBeFilledUp_IsFilledAndCached()
    {
        var four = Some.Plan(Some.Task("a"), Some.Task("b"), Some.Task("c"), Some.Task("d"));

        Assert.True(PrefixRules.PaysToFill(3_000, 4_096, 4) && !PrefixRules.PaysToFill(1_000, 4_096, 4) && !PrefixRules.PaysToFill(4_096, 4_096, 4), "The rule is m(1.15/N + 0.1).");
        Assert.Equal(
            (3_000.0, 4_200.0, 4_096 * 1.1),
            (PrefixRules.Filled(3_000, 1_000, 4_096, 4), PrefixRules.Filled(3_000, 1_200, 4_096, 4), PrefixRules.Filled(3_000, 9_000, 4_096, 4)));
        Assert.True(Of(four, shared: 3_000, filler: 1_200).Total.Usd.Median < Of(four, shared: 3_000, filler: 1_000).Total.Usd.Median, "Filling it up must pay.");
    }

    [Fact]
    public void Of_PlanningSoFar_IsAddedAsItIs()
    {
        var (without, spent) = (Of(Chain), new PlanningSpent(0.05, 0.7, 6_000, 7_000));

        var with = Of(Chain, planning: spent);

        Assert.Equal(without.Agents, with.Agents);
        Assert.Equal(without.Alone, with.Alone);
        Assert.Equal(
            new EstimatedWork(
                new(without.Total.Usd.Median + 0.05, without.Total.Usd.High + 0.05),
                new(without.Total.Minutes.Median + 0.7, without.Total.Minutes.High + 0.7),
                new(without.Total.FreshTokens.Median + 6_000, without.Total.FreshTokens.High + 6_000),
                new(without.Total.ProcessedTokens.Median + 7_000, without.Total.ProcessedTokens.High + 7_000)),
            with.Total);
    }

    [Fact]
    public void Of_OneAgentAlone_IsAboutWhatTheFormulasSay()
    {
        var formulas = Counterfactual.Of(Some.Sonnet, Some.Day, 2, 2_910, new(1.8, 63), 0);

        var alone = Of(Chain).Alone;

        Assert.InRange(alone.Usd.Median / (double)formulas.Cost.Usd, 0.9, 1.25);
        Assert.InRange(alone.Minutes.Median * 60 / formulas.Seconds, 0.9, 1.25);
    }

    [Fact]
    public void Of_TaskWithAModelOfItsOwn_IsPricedAtThatModel()
    {
        var own = Chain with { Tasks = Chain.Tasks.Replace(task => task.Id.Value == "types", task => task with { Model = Some.Sonnet.Id }) };
        var estimate = Of(own, settings: Some.Settings with { Models = [Some.Sonnet, Some.Haiku] });

        Assert.InRange(estimate.Tasks[0].Work.Usd.Median / Of(Chain).Tasks[0].Work.Usd.Median, 2.5, 4);
        Assert.Equal(Of(Chain).Tasks[1].OutputTokens, estimate.Tasks[1].OutputTokens);
    }

    [Fact]
    public void Of_PromptsAboveTheLimitOfAPrice_ArePricedAsLong()
    {
        var model = Some.Haiku with { LongPrompts = [new(100_000, Some.Haiku.Prices[0] with { Input = 5, Output = 25, CacheRead = 0.5m, CacheWrite = 6.25m })] };

        Assert.Equal(5, Of(Chain, shared: 120_000, settings: Some.Settings with { Agent = model }).Agents.Usd.Median / Of(Chain, shared: 120_000).Agents.Usd.Median, 1);
        Assert.Equal(Of(Chain, shared: 50_000), Of(Chain, shared: 50_000, settings: Some.Settings with { Agent = model }));
    }

    [Fact]
    public void Of_NothingIsChecked_NothingIsRepaired()
    {
        var unchecked_ = Of(Some.Plan(Some.Task("a", tokens: 1_000)));
        var with = Of(Some.Plan(Some.Task("a", tokens: 1_000)) with { Checks = [new("test", "make test")] });

        Assert.Equal(default, unchecked_.CheckRoundMinutes);
        Assert.True(with.Agents.Usd.High > unchecked_.Agents.Usd.High && with.Total.Minutes.Median > unchecked_.Total.Minutes.Median, $"{with}");
    }

    [Fact]
    public void Of_PlanWithoutTasks_IsWhatPlanningCost() => Assert.Equal(
        new EstimatedWork(new(0.05, 0.05), new(1, 1), new(2, 2), new(3, 3)),
        Of(Some.Plan(), planning: new PlanningSpent(0.05, 1, 2, 3)).Total);

    [Fact]
    public void Of_AnyPlan_HasEveryMedianAtMostTheHighEnd() => Plans.Sample(plan =>
    {
        var estimate = Of(plan);
        Assert.All(
            estimate.Tasks.Select(task => task.Work).Append(estimate.Agents).Append(estimate.Total).Append(estimate.Alone).SelectMany(SpreadsOf)
                .Concat(estimate.Tasks.Select(task => task.OutputTokens)).Append(estimate.CheckRoundMinutes),
            spread => Assert.True(spread.Median >= 0 && spread.Median <= spread.High && double.IsFinite(spread.High), $"{spread}"));
        Assert.Equal(estimate, Of(plan));
    }, iter: 30);

    [Fact]
    public void Of_MoreSlots_NeverRaisesTheTime() => Gen.Select(Plans, Gen.Int[1, 8], Gen.Int[0, 6_000]).Sample((plan, slots, shared) =>
    {
        var (less, more) = (Of(plan, shared, settings: Some.Settings with { Slots = slots }), Of(plan, shared, settings: Some.Settings with { Slots = slots + 1 }));
        Assert.True(more.Total.Minutes.Median <= less.Total.Minutes.Median && more.Total.Minutes.High <= less.Total.Minutes.High, $"{slots} slots: {less.Total.Minutes} {more.Total.Minutes}");
        Assert.Equal(less.Total.Usd, more.Total.Usd);
    }, iter: 30);

    [Fact]
    public void Of_DearerModel_NeverCostsLess() => Gen.Select(Plans, Gen.Int[0, 9_000], Gen.Int[0, 4]).Sample((plan, shared, kind) =>
    {
        var price = Some.Haiku.Prices[0];
        var dearer = kind switch
        {
            0 => price with { Input = price.Input * 2 },
            1 => price with { Output = price.Output * 2 },
            2 => price with { CacheRead = price.CacheRead * 2 },
            3 => price with { CacheWrite = price.CacheWrite * 2 },
            _ => price with { Input = 50, Output = 50, CacheRead = 50, CacheWrite = 50 },
        };
        var (cheap, dear) = (Of(plan, shared), Of(plan, shared, settings: Some.Settings with { Agent = Some.Haiku with { Prices = [dearer] } }));
        Assert.True(dear.Total.Usd.Median >= cheap.Total.Usd.Median && dear.Total.Usd.High >= cheap.Total.Usd.High, $"{cheap.Total.Usd} {dear.Total.Usd}");
        Assert.Equal(cheap.Total.Minutes, dear.Total.Minutes);
    }, iter: 30);

    internal static PlanEstimate Of(
        Plan plan, int shared = 0, int filler = 0, RunSettings? settings = null, PlanningSpent? planning = null, EstimateExperience? experience = null) => PlanEstimate.Of(new EstimateInput(
            plan,
            settings ?? Some.Settings,
            Some.Day,
            new PromptSizes(shared, filler, plan.Tasks.Select(task => new OwnPrompt(task.Id, 300)).ToValueList()),
            planning ?? PlanningSpent.None,
            experience ?? EstimateExperience.None,
            Seed: 1));

    private static IEnumerable<Spread> SpreadsOf(EstimatedWork work) => [work.Usd, work.Minutes, work.FreshTokens, work.ProcessedTokens];
}
