using CsCheck;

namespace Planlane.Planning;

public sealed class EstimateExperienceTests
{
    private static readonly Plan Plan = Some.Plan(Some.Task("a"), Some.Task("b", after: ["a"])) with { Checks = [new("test", "make test")] };

    [Fact]
    public void Of_PerfectRuns_ChangeNothing() => Gen.Int[1, 30].Sample(runs =>
    {
        var experience = EstimateExperience.Of(Enumerable.Range(0, runs).Select(run => Lesson(run, 1)), Some.Settings);
        var (plain, taught) = (PlanEstimateTests.Of(Plan, 5_000), PlanEstimateTests.Of(Plan, 5_000, experience: experience));
        Assert.Equal(plain, taught with { Basis = plain.Basis });
    }, iter: 10);

    [Fact]
    public void Of_RunsThatBecameTwiceTheEstimate_CountHalfAfterThree()
    {
        var experience = EstimateExperience.Of([Lesson(1, 2), Lesson(2, 2), Lesson(3, 2)], Some.Settings);
        var (plain, taught) = (PlanEstimateTests.Of(Plan), PlanEstimateTests.Of(Plan, experience: experience));

        Assert.Equal((3, 0.0), (experience.Usd.Runs, experience.Usd.Sigma));
        Assert.Equal(Math.Sqrt(2), experience.Usd.Factor, 9);
        Assert.Equal(plain.Total.Usd.Median * Math.Sqrt(2), taught.Total.Usd.Median, 9);
        Assert.Equal(plain.Total.Minutes.High * Math.Sqrt(2), taught.Total.Minutes.High, 9);
        Assert.Equal(plain.Tasks[0].OutputTokens.Median * Math.Sqrt(2), taught.Tasks[0].OutputTokens.Median, 9);
        Assert.True(taught.Alone.Usd.Median > plain.Alone.Usd.Median, "One agent alone would write more too.");
    }

    [Fact]
    public void Of_RunsThatLayFarApart_WidensTheHighEndAndKeepsTheMedian()
    {
        var experience = EstimateExperience.Of(Enumerable.Range(0, 20).Select(run => Lesson(run, run % 2 == 0 ? 4 : 0.25)), Some.Settings);
        var (plain, taught) = (PlanEstimateTests.Of(Plan), PlanEstimateTests.Of(Plan, experience: experience));

        Assert.Equal((1.0, LearnedFactor.MaxSigma), (experience.Usd.Factor, experience.Usd.Sigma));
        Assert.Equal(plain.Total.Usd.Median, taught.Total.Usd.Median, 9);
        Assert.True(taught.Total.Minutes.High > 2 * plain.Total.Minutes.High, $"{plain.Total} {taught.Total}");
    }

    [Fact]
    public void Of_AnyLessons_StaysWithinItsBounds() => Gen.Double[0, 1e9].Array[0, 40].Sample(ratios =>
    {
        var learned = LearnedFactor.Of(ratios.Append(double.NaN).Append(double.PositiveInfinity));
        Assert.True(learned is { Factor: >= 0.25 and <= 4, Sigma: >= 0 and <= 1 } && learned.Runs == ratios.Count(ratio => ratio > 0), $"{learned}");
    });

    [Fact]
    public void Of_OtherModelsAndScriptedRuns_TeachNothing() => Assert.Equal(EstimateExperience.None, EstimateExperience.Of(
        [Lesson(1, 2) with { Scripted = true }, Lesson(2, 2) with { Planner = new("claude-opus-5") }, Lesson(3, 2) with { Agent = new("claude-haiku-5-5") }],
        Some.Settings));

    [Fact]
    public void Of_ScriptedRun_IsTaughtByScriptedRunsAlone() =>
        Assert.Equal(1, EstimateExperience.Of([Lesson(1, 2) with { Scripted = true }, Lesson(2, 3)], Some.Settings with { Scripted = true }).Runs);

    [Fact]
    public void Of_ManyRuns_TakesTheNewestTwentyEachOnce()
    {
        var old = Enumerable.Range(0, 50).Select(run => Lesson(run, 4));
        var newest = Enumerable.Range(50, 20).Select(run => Lesson(run, 1));

        Assert.Equal(EstimateExperience.None with { Runs = 20, Usd = new(20, 1, 0) }, EstimateExperience.Of([.. newest, .. old, .. newest], Some.Settings) with
        {
            AgentMinutes = LearnedFactor.None,
            CheckMinutes = LearnedFactor.None,
            FreshTokens = LearnedFactor.None,
            ProcessedTokens = LearnedFactor.None,
            OutputTokens = LearnedFactor.None,
        });
    }

    private static EstimateLesson Lesson(int run, double ratio) =>
        new(new($"{run:x6}"), Some.Start.AddDays(run), Some.Sonnet.Id, Some.Haiku.Id, false, ratio, ratio, ratio, ratio, ratio, ratio);
}
