namespace Planlane.Trials.Savings;

public sealed class RowsTests
{
    [Fact]
    public void Table_Rows_AreAlignedInTheSourceToo() => Assert.Equal(
        """
        | task    | time |
        |---------|-----:|
        | auth    |  8 s |
        | caching | 12 s |

        """.ReplaceLineEndings("\n"),
        Rows.Table(["task", "time"], [["auth", "8 s"], ["caching", "12 s"]]));

    [Fact]
    public void Figures_OfNothing_AreADash() => Assert.All([Rows.Seconds(double.NaN), Rows.Usd(double.NaN), Rows.Tokens(double.NaN), Rows.Number(double.NaN), Rows.Percent(double.NaN)], text => Assert.Equal("–", text));

    [Fact]
    public void Figures_Known_AreRoundedAndNeverMinusZero()
    {
        Assert.Equal(("831 s", "0 s", "$0.296", "26.9k", "84.7 %", "-7.2 %"), (Rows.Seconds(830.7), Rows.Seconds(-0.2), Rows.Usd(0.29624), Rows.Tokens(26_868), Rows.Percent(0.8466), Rows.Percent(-0.0724)));
        Assert.Equal((0.75, -1), (Rows.Saved(25, 100), Rows.Saved(200, 100)));
    }
}
