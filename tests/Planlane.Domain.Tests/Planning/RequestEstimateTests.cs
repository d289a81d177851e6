using Planlane.Budgets;

namespace Planlane.Planning;

public sealed class RequestEstimateTests
{
    [Fact]
    public void Of_Request_IsThePlannersCallAndTheEstimateOfAPlanOfThatManyFiles()
    {
        var estimate = RequestEstimate.Of(Some.Request, Some.Settings, 5_000, EstimateExperience.None, Some.Day);

        // 3 files: a plan of 250 + 3 x 500 tokens, at $3 and $15 a million.
        var planning = (5_000 * 3 + 1_750 * 15) / 1e6;
        Assert.Equal(3, estimate.Files);
        Assert.InRange(estimate.Divided.Usd.Median, planning + (3 * 1_400 * 5 / 1e6), planning + (3 * 1_400 * 3 * 5 / 1e6));
        // The high end is two calls of the planner and six files.
        Assert.True(estimate.Divided.Usd.High > 2 * (5_000 * 3 + 3_250 * 15) / 1e6 + (6 * 1_400 * 5 / 1e6), $"{estimate.Divided.Usd}");
        Assert.True(estimate.Divided.FreshTokens.Median <= estimate.Divided.ProcessedTokens.Median);
    }

    [Fact]
    public void Of_OneAgentAlone_IsTheReferenceArithmetic()
    {
        var estimate = RequestEstimate.Of(Some.Request, Some.Settings, 5_000, EstimateExperience.None, Some.Day);
        var reference = Counterfactual.Of(Some.Sonnet, Some.Day, 3, 3 * 1_400, new ModelSpeed(1.8, 63), 19);

        Assert.InRange(estimate.Alone.Usd.Median, (double)reference.Cost.Usd * 0.9, (double)reference.Cost.Usd * 1.3);
        Assert.InRange(estimate.Alone.Minutes.Median, reference.Seconds / 60 * 0.9, reference.Seconds / 60 * 1.4);
        Assert.True(estimate.Alone.Usd.High > 1.5 * estimate.Alone.Usd.Median);
    }

    [Fact]
    public void Of_MoreConstraintsOrALongerPrompt_CostsMore()
    {
        double Usd(int constraints, int prompt) => RequestEstimate.Of(
            Some.Request with { Constraints = [.. Enumerable.Range(0, constraints).Select(number => $"must {number}")] }, Some.Settings, prompt, EstimateExperience.None, Some.Day).Usd(1).Median;

        Assert.True(Usd(0, 1_000) < Usd(4, 1_000));
        Assert.True(Usd(4, 1_000) < Usd(4, 30_000));
    }

    [Fact]
    public void Usd_SeveralTimes_IsThatManyOfBothTogether()
    {
        var estimate = RequestEstimate.Of(Some.Request, Some.Settings, 5_000, EstimateExperience.None, Some.Day);

        Assert.Equal(new Spread(3 * (estimate.Divided.Usd.Median + estimate.Alone.Usd.Median), 3 * (estimate.Divided.Usd.High + estimate.Alone.Usd.High)), estimate.Usd(3));
    }
}
