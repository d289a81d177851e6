using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

public sealed class HedgeRulesTests
{
    private static readonly TaskId A = new("a");
    private static readonly RunState Asked = Some.Prepared(Some.Plan(Some.Task("a", tokens: 2_000), Some.Task("b", tokens: 2_000))).After(new StepBegun(Some.Attempt("a")), new StepBegun(Some.Attempt("b")));

    [Fact]
    public void After_NothingSeenYet_IsThe95thPercentileOfTheEstimate()
    {
        // 0.7 s and 2,120 tokens at 97 a second; e^(1.645 * sqrt(0.35^2 + 0.35^2)).
        Assert.Equal(22.56 * 2.257, HedgeRules.After(Asked, Asked.Task(A)).TotalSeconds, 0.1);
    }

    [Fact]
    public void After_ShortAnswer_IsNotBelowWhatASecondCallIsWorth()
    {
        var state = Some.Prepared(Some.Plan(Some.Task("a", tokens: 10)));

        Assert.Equal(10, HedgeRules.After(state, state.Task(A)).TotalSeconds);
    }

    [Fact]
    public void After_EightAnswersOfTheRun_IsWhatTheySay()
    {
        var names = Enumerable.Range(1, 8).Select(number => $"t{number}").ToList();
        var state = Some.Prepared(Some.Plan([Some.Task("a", tokens: 2_000), .. names.Select(name => Some.Task(name, tokens: 2_000))]));
        var seen = names.Aggregate(state, (now, name) => now.After(new TurnAnswered(new(name), 1, 1, [], AnswerStop.EndTurn, Some.Call() with { Seconds = 20 + name[1] - '0' })));

        Assert.Equal(28, HedgeRules.After(seen, seen.Task(A)).TotalSeconds, 0.001);
        Assert.NotEqual(28, HedgeRules.After(state, state.Task(A)).TotalSeconds, 1.0);
    }

    [Fact]
    public void May_TurnThatWasHedged_IsNotHedgedAgainButTheNextOneIs()
    {
        var hedged = Asked.After(new CallHedged(A, 1, 1));
        var answered = hedged.After(new TurnAnswered(A, 1, 1, [], AnswerStop.ToolUse, Some.Call()));

        Assert.True(HedgeRules.May(Asked, A));
        Assert.False(HedgeRules.May(hedged, A));
        // Killed and begun again: what was in flight is paid once more at most, not twice.
        Assert.False(HedgeRules.May(hedged.After(new RunResumed(null), new StepBegun(Some.Attempt("a"))), A));
        Assert.True(HedgeRules.May(answered, A));
        Assert.True(HedgeRules.May(hedged, new("b")));
    }

    [Fact]
    public void May_BudgetThatDoesNotCoverOneCallMore_IsNo()
    {
        var most = BudgetRules.MostOf(Asked, Some.Haiku).Usd;
        RunState With(decimal calls) => Asked with { Settings = Asked.Settings with { Budget = new Cost(most * calls) } };

        Assert.False(HedgeRules.May(With(2.9m), A));
        Assert.True(HedgeRules.May(With(3), A));
        // The call that is open beside the first one counts, too.
        Assert.False(HedgeRules.May(With(3).After(new CallHedged(new("b"), 1, 1)), A));
        Assert.True(HedgeRules.May(With(3).After(new CallHedged(new("b"), 1, 1) { IsDeclined = true }), A));
    }
}
