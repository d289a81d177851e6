using Planlane.Simulator.Scripting;

namespace Planlane.Trials.Savings;

public sealed class AssumptionsTests
{
    [Fact]
    public void Turns_OfOneAgentAlone_AreThoseOfTheReference() =>
        Assert.Equal([(26, 9), (30, 10), (26, 9), (34, 11)], Made.SeedTasks.Select(task => (Assumptions.Current.CaseOf(task).AloneTurns, Assumptions.Current.CaseOf(task).TunedTurns)));

    [Fact]
    public void Tools_OfTheSeedsMinutes_TakeThatInTheMean()
    {
        var times = new ToolTime(Assumptions.Current, Made.Trial(Arms.Alone, "websocket-chat"));

        Assert.InRange(Enumerable.Range(0, 4_000).Average(_ => times.Next("turn").TotalSeconds), 29, 31);
        Assert.True(times.OfEveryTurn);
    }

    [Fact]
    public void Tools_OfCommandsAlone_HaveTheMedianOfTheirSecondsAndTakeNoTurn()
    {
        var times = new ToolTime(Assumptions.Current, new("auth", Arms.Alone, "commands", 1));

        Assert.InRange(Enumerable.Range(0, 4_000).Select(_ => times.Next("build").TotalSeconds).Order().ElementAt(2_000), 9, 10);
        Assert.False(times.OfEveryTurn);
    }

    [Fact]
    public void Tools_OfTheSameTrial_TakeTheSameWhateverComesBetween()
    {
        var (one, other) = (new ToolTime(Assumptions.Current, Made.Trial(Arms.Planlane)), new ToolTime(Assumptions.Current, Made.Trial(Arms.Planlane)));
        var first = one.Next("build");
        _ = other.Next("test");

        Assert.Equal(first, other.Next("build"));
        Assert.NotEqual(first, other.Next("build"));
    }

    [Fact]
    public void PhysicalLimit_Auth_IsPlanOneAgentAndOneBuildAtTheSpeedsOfTheModels()
    {
        var scenario = new ScenarioCatalogue().Open("auth");

        var (seed, fast) = (PhysicalLimit.Of(Assumptions.Current, scenario, Made.Regime), PhysicalLimit.Of(Assumptions.Current, scenario, Assumptions.Current.RegimeOf("fast")));

        Assert.Equal(24 - 3, seed.Seconds - fast.Seconds, 9);
        Assert.Equal((seed.Usd, seed.Fresh), (fast.Usd, fast.Fresh));
        Assert.True(seed.UsdCurrent < seed.Usd);
        Assert.Equal(seed.Usd * 2, PhysicalLimit.Sum([seed, seed]).Usd, 9);
    }
}
