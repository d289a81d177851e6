namespace Planlane.Trials.Savings;

public sealed class BarRowsTests
{
    [Fact]
    public void Of_AllArms_ComparesTheSumsOverTheSeedsTasks()
    {
        var rows = BarRows.Of(Made.Results(Made.Grid(3, (Arms.Alone, 100, 0.4m), (Arms.Tuned, 50, 0.3m), (Arms.Planlane, 15, 0.1m))), Made.Regime);

        Assert.Equal((0.85, true), (Got(rows, "time saved against one agent alone"), Row(rows, "time saved against one agent alone").IsMet));
        Assert.Equal(0.7, Got(rows, "time saved against the tuned one"));
        // Our slowest seed, 3 x 15 s, against the median of the others, 2 x 100 s and 2 x 50 s, each four times.
        Assert.Equal((0.775, 0.55), (Got(rows, "our p95 against the p50 of one agent alone"), Got(rows, "our p95 against the p50 of the tuned one")));
        Assert.Equal((0.75, true), (Got(rows, "dollars saved against one agent alone, 4.5"), Row(rows, "dollars saved against one agent alone, 4.5").IsMet));
        Assert.Equal(0.85, Got(rows, "auth: time saved"));
    }

    [Fact]
    public void Of_MissedBar_IsSaidAsMissedWithWhatCostsMost()
    {
        var rows = BarRows.Of(Made.Results(Made.Grid(1, (Arms.Alone, 100, 0.4m), (Arms.Tuned, 50, 0.3m), (Arms.Planlane, 40, 0.3m))), Made.Regime);

        Assert.Equal(["time saved against one agent alone, p50", "at least 80.0 %", "60.0 %", "**missed**", "planner 96 s (60 %), checks 64 s (40 %), prefix 0 s (0 %)"], Row(rows, "time saved against one agent alone").Cells);
        Assert.Equal(["planner $0.900 (75 %), repairs $0.300 (25 %), agents' first turns $0.000 (0 %)"], Row(rows, "dollars saved against one agent alone, 4.5").Cells.Skip(4));
        Assert.Equal("", Row(rows, "fresh tokens saved").Cells[4]);
    }

    [Fact]
    public void Of_MoreThanOneAgentAlone_IsBelowZero()
    {
        var rows = BarRows.Of(Made.Results(Made.Grid(1, (Arms.Alone, 100, 0.2m), (Arms.Tuned, 50, 0.3m), (Arms.Planlane, 200, 0.3m))), Made.Regime);

        Assert.Equal("-100.0 %", Row(rows, "time saved against one agent alone").Cells[2]);
        Assert.Equal(-0.5, Got(rows, "dollars saved against one agent alone, 4.5"), 9);
    }

    [Fact]
    public void Of_AnArmIsMissing_HasNoRows() => Assert.Empty(BarRows.Of(Made.Results(Made.Grid(1, (Arms.Alone, 100, 0.2m), (Arms.Planlane, 200, 0.3m))), Made.Regime));

    private static BarRow Row(IReadOnlyList<BarRow> rows, string name) => rows.First(row => row.Name.StartsWith(name, StringComparison.Ordinal));

    private static double Got(IReadOnlyList<BarRow> rows, string name) => Math.Round(Row(rows, name).Got, 9);
}
