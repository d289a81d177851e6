namespace Planlane.Trials.Savings;

public sealed class CellTests
{
    [Fact]
    public void Seconds_Quantiles_AreByNearestRank()
    {
        var cell = new Cell([.. Enumerable.Range(1, 30).Select(number => Made.Figures(number)).Reverse()]);

        Assert.Equal((15, 29), (cell.Seconds(), cell.Seconds(0.95)));
        Assert.Equal((1, 3), (new Cell([Made.Figures(3), Made.Figures(1)]).Seconds(), new Cell([Made.Figures(3), Made.Figures(1)]).Seconds(0.95)));
        Assert.True(double.IsNaN(new Cell([]).Seconds()));
    }

    [Fact]
    public void Sum_SeveralTasksOfOneSeed_AddsWhatTheyUsedAndForgetsNoFailure()
    {
        var sum = Cell.Sum([Made.Figures(10, 0.2m), Made.Figures(20, 0.3m) with { Outcome = TrialFigures.Failed, IsWhole = false, Rounds = 1 }]);

        Assert.Equal((30, 0.5m, 0.25m, 20, 20_000, 10, TrialFigures.Failed, false), (sum.Seconds, sum.Usd, sum.UsdCurrent, sum.Requests, (int)sum.Usage.Total, sum.Agents, sum.Outcome, sum.IsWhole));
        Assert.Equal(18, sum.Time[Terms.Planner]);
        // Two runs that were combined three times: one of them again.
        Assert.Equal((2, 1), (sum.Runs, sum.Again));
    }

    [Fact]
    public void Shares_OfAgentsAndRuns_AreOverAllTrials()
    {
        var cell = new Cell([Made.Figures(1), Made.Figures(1) with { Repaired = 0, Escalated = 0, AgentPrompt = 0, AgentRead = 0, Rounds = 1 }]);

        Assert.Equal((0.2, 0.1, 0.5, 0.9), (cell.Repaired, cell.Escalated, cell.RoundsAgain, cell.CacheShare));
    }

    [Fact]
    public void Results_SeveralTasks_CountOnlySeedsThatHaveThemAll()
    {
        var figures = Made.Grid(3, (Arms.Planlane, 10, 0.1m));
        figures.Remove(Made.Trial(Arms.Planlane, "caching", 2));

        var cell = Made.Results(figures).Of(Arms.Planlane, Made.Regime, Made.SeedTasks);

        Assert.Equal([40, 120], cell.Trials.Select(trial => trial.Seconds));
    }

    [Fact]
    public void Results_TrialThatBrokeOff_IsInNoFigureAndIsNamed()
    {
        var figures = Made.Grid(3, (Arms.Planlane, 10, 0.1m));
        figures[Made.Trial(Arms.Planlane, "auth", 1)] = TrialFigures.Broken("it broke");

        var results = Made.Results(figures);

        Assert.Equal([20, 30], results.Of(Arms.Planlane, Made.Regime, "auth").Trials.Select(trial => trial.Seconds));
        Assert.Equal("it broke", Assert.Single(results.Failures).Value.Note);
    }

    [Fact]
    public void Results_BesideAnotherArm_TakesItsSeedsAlone()
    {
        var figures = Made.Grid(4, (Arms.Planlane, 10, 0.1m));
        foreach (var task in Made.SeedTasks)
            figures[Made.Trial(Arms.Barrier, task, 3)] = Made.Figures(50);

        Assert.Equal([120], Made.Results(figures).Beside(Arms.Planlane, Arms.Barrier, Made.Regime, Made.SeedTasks).Trials.Select(trial => trial.Seconds));
    }
}
