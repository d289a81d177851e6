namespace Planlane.Trials.Savings;

public sealed class SnapshotTests
{
    [Fact]
    public void Read_PageThatWasWritten_HasTheSameFigures()
    {
        var results = Made.Results(Made.Grid(3, (Arms.Planlane, 10, 0.1m)));

        var read = Snapshot.Read(SavingsPage.Of(results, new DateOnly(2026, 11, 27)));

        Assert.Equal(Snapshot.Of(results).Figures, read.Figures);
        Assert.Equal((20, 30, 0.1, 0.05, 3), (read.Figures["seed/auth/planlane/seconds"], read.Figures["seed/auth/planlane/seconds-p95"], read.Figures["seed/auth/planlane/usd"], read.Figures["seed/auth/planlane/usd-current"], read.Figures["seed/auth/planlane/seeds"]));
    }

    [Fact]
    public void ChangesSince_SameTrials_SaysThatNothingChanged()
    {
        var snapshot = Snapshot.Of(Made.Results(Made.Grid(3, (Arms.Planlane, 10, 0.1m))));

        Assert.Equal("24 figures compared, 0 changed by more than 1 %.\n", snapshot.ChangesSince(snapshot));
    }

    [Fact]
    public void ChangesSince_SomeChanged_ListsThemWithTheGreatestFirst()
    {
        var (before, now) = (Made.Grid(3, (Arms.Planlane, 10, 0.1m)), Made.Grid(3, (Arms.Planlane, 10, 0.1m)));
        foreach (var seed in Enumerable.Range(1, 3))
            now[Made.Trial(Arms.Planlane, "caching", seed)] = Made.Figures(10 * seed * 0.995, 0.15m, read: 8_500);

        var lines = Snapshot.Of(Made.Results(now)).ChangesSince(Snapshot.Of(Made.Results(before))).Split('\n');

        Assert.Equal("24 figures compared, 3 changed by more than 1 %.", lines[0]);
        Assert.Equal(
            [
                "| seed/caching/planlane/usd         |    0.1 |  0.15 | +50.0 % |     3 |",
                "| seed/caching/planlane/usd-current |   0.05 | 0.075 | +50.0 % |     3 |",
                "| seed/caching/planlane/processed   |  10000 |  9500 |  -5.0 % |     3 |",
            ],
            lines.Where(line => line.StartsWith("| seed/", StringComparison.Ordinal)));
    }

    [Fact]
    public void ChangesSince_OtherSeedsAndOtherArms_SaysSo()
    {
        var before = Snapshot.Of(Made.Results(Made.Grid(3, (Arms.Planlane, 10, 0.1m), (Arms.Tuned, 10, 0.1m))));
        var now = Snapshot.Of(Made.Results(Made.Grid(1, (Arms.Planlane, 10, 0.1m), (Arms.Cold, 10, 0.1m))));

        var text = now.ChangesSince(before);

        Assert.StartsWith("24 figures compared, 8 changed by more than 1 %. 24 are new. 24 of the earlier page were not measured now. Where the seeds are others, some of a change is chance", text, StringComparison.Ordinal);
        Assert.Contains("| -50.0 % | 3, now 1 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ChangesSince_PageOfBeforeSeedsWereWrittenDown_SaysThatTheyAreUnknown()
    {
        var now = Snapshot.Of(Made.Results(Made.Grid(2, (Arms.Planlane, 10, 0.1m))));
        var before = new Snapshot(now.Figures.Where(figure => !figure.Key.EndsWith("/seeds", StringComparison.Ordinal)).ToDictionary(figure => figure.Key, figure => figure.Value * 2));

        Assert.Contains("| ?, now 2 |", now.ChangesSince(before), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PageWithoutFigures_IsRefusedWithTheReason() => Assert.Contains("`savings -o`", Assert.Throws<InvalidDataException>(() => Snapshot.Read("# Benchmarks\n")).Message, StringComparison.Ordinal);
}
