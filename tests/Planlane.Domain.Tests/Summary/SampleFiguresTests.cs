using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Summary;

public sealed class SampleFiguresTests
{
    [Fact]
    public void Of_Samples_AreLowestMedianByNearestRankAndHighest()
    {
        Assert.Equal(new SampleRange(10, 20, 40), Figures(40, 10, 20).Of(sample => sample.Seconds));
        Assert.Equal(new SampleRange(10, 20, 40), Figures(40, 10, 20, 30).Of(sample => sample.Seconds));
        Assert.Equal(new SampleRange(7, 7, 7), Figures(7).Of(sample => sample.Seconds));
    }

    [Fact]
    public void Of_DeclinedAndFailedSamples_AreNotWorkThatWasDoneQuickly()
    {
        var figures = new SampleFigures([Sample(100), Sample(1) with { End = SampleEnd.Declined }, Sample(2) with { End = SampleEnd.Failed }]);

        Assert.Equal(new SampleRange(100, 100, 100), figures.Of(sample => sample.Seconds));
        Assert.Null(new SampleFigures([Sample(1) with { End = SampleEnd.Declined }]).Of(sample => sample.Seconds));
    }

    [Fact]
    public void SavedAgainst_MoreThanTheOthers_IsBelowZeroAndAgainstNothingUnknown()
    {
        Assert.Equal(0.75, Figures(25).SavedAgainst(Figures(100), sample => sample.Seconds));
        Assert.Equal(-1, Figures(200).SavedAgainst(Figures(100), sample => sample.Seconds));
        Assert.Null(Figures(200).SavedAgainst(new SampleFigures([]), sample => sample.Seconds));
        Assert.Null(Figures(200).SavedAgainst(Figures(0), sample => sample.Seconds));
    }

    [Fact]
    public void Passed_SomeChecksFailed_CountsOnlyWhereAllPassed() =>
        Assert.Equal(1, new SampleFigures([Sample(1), Sample(1) with { ChecksPassed = 1 }]).Passed);

    [Fact]
    public void RunSample_PlanRefusedByTheUser_IsNoWorkAndKeepsItsCost()
    {
        var state = Some.Started().After(new PlanAnswered(1, "{}", Agents.AnswerStop.EndTurn, Some.Call(null, 0.05m, new Usage(100, 20, 300, 0))));
        var ended = state with { End = new RunEnd(RunOutcome.Unsuitable, "One file.") };

        var sample = RunSample.Of(ended);

        Assert.Equal((SampleEnd.Declined, new Cost(0.05m), 1, "One file.", 0.75), (sample.End, sample.Cost, sample.Requests, sample.Reason, sample.CacheShare));
    }

    [Fact]
    public void RunSample_EveryAgentFailed_IsNoWork()
    {
        var ended = Some.Started() with { Work = new CombinedWork(1, Some.Id('d'), [], [], []), End = new RunEnd(RunOutcome.Failed, "No agent has ended its task.") };

        Assert.Equal((SampleEnd.Failed, "No agent has ended its task."), (RunSample.Of(ended).End, RunSample.Of(ended).Reason));
    }

    private static SampleFigures Figures(params double[] seconds) => new(seconds.Select(Sample).ToValueList());

    private static RunSample Sample(double seconds) => new(new RunId("a1"), SampleEnd.Worked, seconds, new Cost(0.1m), default, 5, 3, 8, 2, 2, null);
}
