using CsCheck;

namespace Planlane.Budgets;

public sealed class CounterfactualTests
{
    private static readonly ModelSpeed Speed = new(Some.Sonnet.FirstTokenSeconds, Some.Sonnet.TokensPerSecond);

    // Files, tokens that the agent alone writes, its model's seconds and dollars: the four tasks of the reference arithmetic (models-api §3.2 and §3.4).
    [Theory]
    [InlineData("auth", 5, 9_900, 26, 204, 0.292)]
    [InlineData("rest", 6, 13_200, 30, 265, 0.402)]
    [InlineData("cache", 5, 8_800, 26, 186, 0.262)]
    [InlineData("chat", 7, 15_400, 34, 308, 0.485)]
    public void Of_TasksOfTheReference_AgreesWithItsTable(string task, int files, int alone, int turns, double seconds, double usd)
    {
        var actual = Of(files, alone);

        Assert.Equal((task, turns, seconds, usd), (task, actual.Turns, Rounded(actual.Seconds, seconds), Rounded((double)actual.Cost.Usd, usd)));
    }

    [Fact]
    public void Of_Authentication_IsPinned() =>
        Assert.Equal(new Counterfactual(26, new(0, 9_900, 261_538, 17_461), new(0.29244015m), (26 * 1.8) + (9_900 / 63.0)), Of(5, 9_900));

    // Growth 540 a turn on a prefix of 4,000: the worked example of models-api §3.1.
    [Fact]
    public void Of_WorkedExample_CachesWhatTheFormulaSays()
    {
        var usage = Of(5, 9_922).Usage;

        Assert.Equal((17.5, 262), (Math.Round(usage.CacheWrite / 1_000.0, 1), Math.Round(usage.CacheRead / 1_000.0)));
    }

    [Fact]
    public void Of_FewTokens_StillSendsBackWhatItWrote() =>
        Assert.Equal(new(0, 650, 100_000 + (25 * 25 * 24 / 2), 4_000 + (25 * 25)), Of(5, 650).Usage);

    [Fact]
    public void Of_MoreFilesOrOutput_NeverCostsLess() => Gen.Select(Gen.Int[1, 50], Gen.Int[100, 100_000], Gen.Int[0, 5], Gen.Int[0, 10_000]).Sample((files, output, moreFiles, moreOutput) =>
    {
        var (less, more) = (Of(files, output), Of(files + moreFiles, output + moreOutput));
        Assert.True(more.Turns >= less.Turns && more.Seconds >= less.Seconds && !(more.Cost < less.Cost), $"{less} {more}");
    });

    [Fact]
    public void Of_ChecksOfTheRun_AreWaitedForOnce() => Assert.Equal(
        90, Counterfactual.Of(Some.Sonnet, Some.Day, 5, 7_128, Speed, checkSeconds: 90).Seconds - Counterfactual.Of(Some.Sonnet, Some.Day, 5, 7_128, Speed, 0).Seconds, 6);

    private static Counterfactual Of(int files, int alone) => Counterfactual.Of(Some.Sonnet, Some.Day, files, (long)Math.Round(alone * 0.72), Speed, checkSeconds: 0);

    // The table is rounded; one percent covers both.
    private static double Rounded(double actual, double expected) => Math.Abs(actual - expected) <= expected / 100 ? expected : actual;
}
