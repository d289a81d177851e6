using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;

namespace Planlane.Scheduling;

public sealed class RenewalRulesTests
{
    private static readonly Plan Two = Some.Plan(Some.Task("a"), Some.Task("b", after: ["a"]));

    private static RunState Warm => Some.Prepared(Two, sharedTokens: 5_000).After(new StepBegun(Some.Attempt("a")), new PrefixWarmed());

    [Fact]
    public void Pays_AgentsThatAreStillToBegin_IsUntilItCostsMoreThanWritingAnew() =>
        Assert.Equal((true, true, false), (RenewalRules.Pays(Warm, Some.Haiku, 0), RenewalRules.Pays(Warm, Some.Haiku, 10), RenewalRules.Pays(Warm, Some.Haiku, 11)));

    [Fact]
    public void Pays_AllHaveBegun_IsNot() => Assert.False(RenewalRules.Pays(Warm.After(new StepBegun(Some.Attempt("b"))), Some.Haiku, 0));

    [Fact]
    public void Pays_WhoIsToBeginUsesAnotherModel_IsNot() => Assert.False(RenewalRules.Pays(Warm, Some.Sonnet, 0));

    [Fact]
    public void Pays_PrefixThatHasExpired_IsNot() =>
        Assert.False(RenewalRules.Pays(Warm.Later(TimeSpan.FromMinutes(5), new TaskChecked(new("a"), 1, Some.Check())), Some.Haiku, 0));

    [Fact]
    public void Pays_WhoIsLeftCanNeverBegin_IsNot()
    {
        var failed = Warm.After(new AttemptEnded(new("a"), 1, new AttemptOutcome.Failed("no")), new TaskReported(Some.Report("a", TaskReportState.Failed)), new StepEnded(Some.Attempt("a")));

        Assert.False(RenewalRules.Pays(failed, Some.Haiku, 0));
    }

    [Fact]
    public void Renewed_Prefix_IsBookedAndWarmForAnotherFiveMinutes()
    {
        var call = Some.Call(usage: new Usage(0, 0, 5_000, 0)) with { Seconds = 1 };

        var state = Warm.Later(TimeSpan.FromMinutes(4.5), new PrefixRenewed(call)).Later(TimeSpan.FromMinutes(4.5), new TaskChecked(new("a"), 1, Some.Check()));

        Assert.Equal((PrefixState.Warm, call.Cost), (state.PrefixOf(Some.Haiku), BudgetRules.Spent(state)));
    }

    [Fact]
    public void LongestPause_AllBeginAtOnce_IsNone() =>
        Assert.Equal(0, RenewalRules.LongestPause(Some.Plan(Some.Task("a"), Some.Task("b")), Some.Settings));

    [Theory]
    [InlineData(970, null, 11.94)]
    [InlineData(970, "dotnet test", 21.44)]
    public void LongestPause_OneComesLater_IsTheLongestTask(int tokens, string? check, double seconds) =>
        Assert.Equal(seconds, RenewalRules.LongestPause(Some.Plan(Some.Task("a", tokens: tokens, check: check), Some.Task("b", after: ["a"], tokens: 10)), Some.Settings), 0.01);

    [Fact]
    public void IsPrefixLong_PauseOfManyRenewals_IsForAnHour()
    {
        var prepared = new AgentsPrepared(Some.Id('e'), 5_000, []);

        Assert.Equal(
            (false, false, true),
            (Warm.IsPrefixLong(Some.Haiku), Warm.After(prepared with { PauseSeconds = 300 }).IsPrefixLong(Some.Haiku), Warm.After(prepared with { PauseSeconds = 2_400 }).IsPrefixLong(Some.Haiku)));
    }
}
