using CsCheck;
using Planlane.Agents;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Budgets;

public sealed class BudgetRulesTests
{
    private static readonly Plan FourTasks = Some.Plan(Some.Task("a"), Some.Task("b"), Some.Task("c"), Some.Task("d"));

    // 32,000 output tokens and 30,000 written to the cache.
    private const decimal HaikuCall = ((32_000 * 5) + (30_000 * 1.25m)) / 1_000_000m;
    private const decimal SonnetCall = ((32_000 * 15) + (30_000 * 3.75m)) / 1_000_000m;

    [Fact]
    public void MostOf_Model_IsItsLongestAnswerToAFullPrefix()
    {
        var state = Some.Prepared(FourTasks);

        Assert.Equal(new Cost(HaikuCall), BudgetRules.MostOf(state, Some.Haiku));
        Assert.Equal(new Cost(SonnetCall), BudgetRules.MostOf(state, Some.Sonnet));
        Assert.Equal(8_000, BudgetRules.AnswerTokens(Some.Haiku with { MaxOutputTokens = 8_000 }));
    }

    [Fact]
    public void ModelOf_TaskThatNamesAModel_IsThatOneUntilThePlannersTakesOver()
    {
        var opus = Some.Sonnet with { Id = new("claude-opus-4-5"), Family = "Opus" };
        var plan = FourTasks with { Tasks = FourTasks.Tasks.Replace(task => task.Id.Value is "b", task => task with { Model = opus.Id }) };
        var state = Some.Prepared(plan, Some.Settings with { Models = [Some.Sonnet, Some.Haiku, opus] });
        var escalated = state.Tasks[1].WithOrder(AttemptReason.Escalation, new Feedback(FeedbackKind.Check, "words"));

        Assert.Equal([Some.Haiku, opus, Some.Haiku, Some.Haiku], state.Tasks.Select(task => BudgetRules.ModelOf(state, task)));
        Assert.Equal(["Haiku-1", "Opus-2", "Haiku-3", "Haiku-4"], state.Tasks.Select(task => task.Agent.Value));
        Assert.Equal(Some.Sonnet, BudgetRules.ModelOf(state, escalated));
    }

    [Fact]
    public void MayStart_TaskOfADearerModel_ReservesThatModelsCall()
    {
        var plan = FourTasks with { Tasks = FourTasks.Tasks.Replace(task => task.Id.Value is "b", task => task with { Model = Some.Sonnet.Id }) };
        var state = Some.Prepared(plan, Some.Settings with { Budget = new Cost(HaikuCall + SonnetCall) });

        Assert.True(BudgetRules.MayStart(state, [state.Tasks[0], state.Tasks[1]]));
        Assert.False(BudgetRules.MayStart(state, [state.Tasks[0], state.Tasks[1], state.Tasks[2]]));
    }

    [Fact]
    public void MayStart_BudgetForTwoCalls_LetsTwoTasksRun()
    {
        var state = Some.Prepared(FourTasks, Some.Settings with { Budget = new Cost(2 * HaikuCall) });

        Assert.True(BudgetRules.MayStart(state, state.Tasks.Take(2)));
        Assert.False(BudgetRules.MayStart(state, state.Tasks.Take(3)));
        Assert.True(BudgetRules.MayStart(state.After(new StepBegun(Some.Attempt("a"))), [state.Tasks[1]]));
        Assert.False(BudgetRules.MayStart(state.After(new StepBegun(Some.Attempt("a")), new StepBegun(Some.Attempt("b"))), [state.Tasks[2]]));
    }

    [Fact]
    public void MayStart_Escalation_ReservesACallOfThePlannersModel()
    {
        var state = Some.Prepared(FourTasks).Worked("a", Reports.TaskReportState.Incomplete);

        Assert.Equal(Some.Sonnet, BudgetRules.ModelOf(state, state.Tasks[0]));
        Assert.Equal(Some.Haiku, BudgetRules.ModelOf(state, state.Tasks[1]));
        Assert.False(BudgetRules.MayStart(state.After(new RunResumed(new Cost(SonnetCall))), [state.Tasks[0]]));
        Assert.True(BudgetRules.MayStart(state.After(new RunResumed(new Cost(SonnetCall + 0.01m))), [state.Tasks[0]]));
    }

    [Fact]
    public void MostOf_LongPrompt_IsCountedTwice()
    {
        Assert.Equal(new Cost(((1_000 * 5) + (30_000 * 1.25m)) / 1_000_000m), BudgetRules.MostOf(Some.Haiku, Some.Day, 1_000, 15_000));
        Assert.Equal(new Cost(((1_000 * 5) + (80_000 * 1.25m)) / 1_000_000m), BudgetRules.MostOf(Some.Haiku, Some.Day, 1_000, 40_000));
    }

    [Fact]
    public void MostOf_PriceThatRisesAtMidnight_CountsTheDayBefore()
    {
        var model = Some.Haiku with { Prices = [Some.Haiku.Prices[0], Some.Haiku.Prices[0] with { From = Some.Day.AddDays(1), Output = 15, CacheWrite = 3.75m }] };

        Assert.Equal(3 * HaikuCall, BudgetRules.MostOf(model, Some.Day, 32_000).Usd);
        Assert.Equal(HaikuCall, BudgetRules.MostOf(model, Some.Day.AddDays(-1), 32_000).Usd);
    }

    [Fact]
    public void CostOf_LongPrompt_IsPricedWhollyAtItsOwnPrice()
    {
        var model = Some.Haiku with { LongPrompts = [new(100_000, Some.Haiku.Prices[0] with { Input = 5, Output = 25 })] };

        Assert.Equal(new Cost(0.1m + 0.05m), model.CostOf(new(100_000, 10_000, 0, 0), Some.Day));
        Assert.Equal(new Cost(0.500005m + 0.25m), model.CostOf(new(100_001, 10_000, 0, 0), Some.Day));
    }

    [Fact]
    public void MayPlan_Budget_CoversOneCallOfThePlanner()
    {
        Assert.True(BudgetRules.MayPlan(Some.Started()));
        Assert.True(BudgetRules.MayPlan(Some.Started(Some.Settings with { Budget = new Cost(SonnetCall) })));
        Assert.False(BudgetRules.MayPlan(Some.Started(Some.Settings with { Budget = new Cost(SonnetCall - 0.000001m) })));
    }

    [Fact]
    public void Exhausted_SharedCaps_SayWhoseWhatIsLeftAndHowToGoOn()
    {
        var state = Some.Prepared(FourTasks).Worked("a");
        var day = BudgetRules.Exhausted(state, new SpendLevel(SpendScope.Day, new Cost(5), new Cost(4.5m), Cost.Zero, new Cost(0.4m)));
        var repository = BudgetRules.Exhausted(state, new SpendLevel(SpendScope.Repository, new Cost(20), new Cost(19.9m), Cost.Zero, Cost.Zero));

        Assert.Equal(
            new RunHalt(
                FaultKind.Budget,
                "The budget of this day, $5.00, does not cover what the next model call may cost; $4.50 is spent, $0.40 is reserved by other runs or was in flight when one was killed. All work is kept. Left to do: 3 of 4 tasks (b, c, d).",
                "Go on with a higher cap: planlane resume 7f3c2a --budget-day AMOUNT, or go on tomorrow: planlane resume 7f3c2a"),
            day);
        Assert.StartsWith("The budget of this repository, $20.00, does not cover", repository.Message, StringComparison.Ordinal);
        Assert.Equal("Go on with a higher cap: planlane resume 7f3c2a --budget-repository AMOUNT", repository.Hint);
    }
}
