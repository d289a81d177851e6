using CsCheck;
using Planlane.Agents;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Budgets;

public sealed class BudgetRulesTests
{
    private static readonly Plan FourTasks = Some.Plan(Some.Task("a"), Some.Task("b"), Some.Task("c"), Some.Task("d"));

    // The longest prompt that the reservation of an agent covers while others ask.
    private const int MostPromptTokens = 20_000;

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
    public void MayAsk_LongPrompt_IsReservedForAsItIsBesideTheOthers()
    {
        var state = Some.Prepared(FourTasks, Some.Settings with { Budget = new Cost((2 * HaikuCall) + 0.05m) }).After(new StepBegun(Some.Attempt("a")), new StepBegun(Some.Attempt("b")));

        // 60,000 and 70,500 tokens written to the cache in place of 30,000.
        Assert.True(BudgetRules.MayAsk(state, state.Tasks[0], 40_000));
        Assert.False(BudgetRules.MayAsk(state, state.Tasks[0], 47_000));
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
    public void Spent_AnyStartsAndCallsThatTheRulesAllow_NeverExceedsTheBudget()
    {
        var moves = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 100]).Array[1, 60];
        var calls = 0;
        Gen.Select(Gen.Int[0, 3_000], moves).Sample((cents, sequence) =>
        {
            var budget = new Cost(cents / 1_000m);
            var state = Some.Prepared(FourTasks, Some.Settings with { Budget = budget });
            var asking = new HashSet<int>();
            foreach (var (move, index, percent) in sequence)
            {
                state = Next(state, asking, move, index, percent, ref calls);
                Assert.False(BudgetRules.Spent(state) > budget, $"{BudgetRules.Spent(state)} of {budget}");
            }
        });
        Assert.True(calls > 100, $"Only {calls} calls were made.");
    }

    // A call is asked for when the rules allow it and paid for later, when others may have spent more.
    private static RunState Next(RunState state, HashSet<int> asking, int move, int index, int percent, ref int calls)
    {
        var task = state.Tasks[index];
        if (!state.IsRunning(task))
            return move == 0 && BudgetRules.MayStart(state, [task]) ? state.After(new StepBegun(Some.Attempt(task.Id.Value))) : state;
        if (move == 1 && asking.Remove(index))
        {
            Interlocked.Increment(ref calls);
            var cost = BudgetRules.MostOf(state, BudgetRules.ModelOf(state, task), MostPromptTokens).Usd * percent / 100;
            return state.After(new TurnAnswered(task.Id, 1, task.Turns.Count + 1, [], AnswerStop.ToolUse, Some.Call(task.Agent.Value, cost)));
        }

        if (move == 2 && BudgetRules.MayAsk(state, task, MostPromptTokens))
            asking.Add(index);
        return move == 0 && !asking.Contains(index) ? state.After(new StepEnded(Some.Attempt(task.Id.Value))) : state;
    }
}
