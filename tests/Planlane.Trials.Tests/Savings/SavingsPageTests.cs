namespace Planlane.Trials.Savings;

public sealed class SavingsPageTests
{
    private static readonly DateOnly Day = new(2026, 11, 27);

    [Fact]
    public void Of_AllArms_HasARowForEachTaskForAllTogetherAndForWhatIsLeftOut()
    {
        var page = SavingsPage.Of(Made.Results(Made.Grid(3, (Arms.Alone, 100, 0.4m), (Arms.Tuned, 50, 0.3m), (Arms.OneShot, 20, 0.2m), (Arms.Planlane, 15, 0.1m), (Arms.Cold, 14, 0.12m), (Arms.NoLimit, 30, 0.1m))), Day);

        Assert.Contains("| auth             |     3 |     200 / 300 s |     100 s |         40 s |          30 / 45 s |       85.0 % |       70.0 % |", page, StringComparison.Ordinal);
        Assert.Contains("| **the seed's 4** |     3 |    800 / 1200 s |     400 s |        160 s |        120 / 180 s |       85.0 % |       70.0 % |", page, StringComparison.Ordinal);
        Assert.Matches(@"\| a cold fan-out: [^|]+\|     3 \|    112 / 168 s \| +-6\.7 % \|  \$0\.480 \| \+20\.0 % \|", page);
        Assert.Matches(@"\| no limit to repairs: [^|]+\|     3 \|    240 / 360 s \| \+100\.0 % \|", page);
        Assert.Contains("**Nobody paid for a model.**", page, StringComparison.Ordinal);
        Assert.EndsWith("-->\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, "They count in the tables with what they cost until they ended.")]
    [InlineData(0, 1, "They broke off, so that nobody knows what they cost: the tables are without them.")]
    [InlineData(1, 1, "They count in the tables with what they cost until they ended, but for 1 that broke off: nobody knows what those cost, and the tables are without them.")]
    public void Of_FailedTrials_SaysHowTheyCount(int failed, int broken, string words)
    {
        var figures = Made.Grid(4, (Arms.Alone, 100, 0.4m), (Arms.Planlane, 15, 0.1m));
        if (failed > 0)
            figures[Made.Trial(Arms.Planlane, "auth", 3)] = Made.Figures(15) with { Outcome = TrialFigures.Failed, IsWhole = false, Note = "checks | failed" };
        if (broken > 0)
            figures[Made.Trial(Arms.Planlane, "auth", 4)] = TrialFigures.Broken("IOException: gone");

        var page = SavingsPage.Of(Made.Results(figures), Day);

        Assert.Contains($"passing checks\n\n{words}\n\n| task ", page, StringComparison.Ordinal);
        Assert.Contains(failed > 0 ? "seed 3: checks / failed |" : "seed 4: IOException: gone |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoFailedTrials_SaysNone() => Assert.Contains("passing checks\n\nNone.", SavingsPage.Of(Made.Results(Made.Grid(1, (Arms.Planlane, 15, 0.1m))), Day), StringComparison.Ordinal);
}
