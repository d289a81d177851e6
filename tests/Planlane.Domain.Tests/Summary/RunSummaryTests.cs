using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Runs;

namespace Planlane.Summary;

public sealed class RunSummaryTests
{
    [Fact]
    public void From_StoppedResumedLandedAndUndone_CountsOnlyTheTimeThatItWasAtWork()
    {
        var state = Some.Prepared(Some.Plan(Some.Task("a")));
        var worked = (state.LastAt - state.StartedAt).TotalSeconds;

        var resumed = Later(state, TimeSpan.FromHours(9), new RunResumed(null));
        var ended = resumed with { End = new RunEnd(RunOutcome.Completed, null) };
        var undone = Later(ended, TimeSpan.FromDays(1), new RunUndone());

        Assert.Equal(worked, RunSummary.From(undone).Seconds);
        Assert.Equal(TimeSpan.FromHours(33).TotalSeconds, undone.StoppedSeconds);
    }

    [Fact]
    public void From_Calls_SumsThemByWhoAndByModel()
    {
        var planner = Some.Call(null, 0.05m, new Usage(100, 20, 0, 0));
        var first = Some.Call("Haiku-1", 0.01m, new Usage(10, 5, 3, 2));
        var state = Some.Started().After(
            new PlanAnswered(1, "", AnswerStop.EndTurn, planner),
            new CallLost(first),
            new CallLost(first));

        var summary = RunSummary.From(state);

        Assert.Equal((new Usage(100, 20, 0, 0), new Usage(20, 10, 6, 4)), (summary.PlannerUsage, summary.AgentsUsage));
        Assert.Equal(new Cost(0.07m), summary.Cost);
        Assert.Equal(
            [new ModelTotal(Some.Sonnet.Id, planner.Usage, planner.Cost), new ModelTotal(Some.Haiku.Id, first.Usage + first.Usage, new Cost(0.02m))],
            summary.Models);
        Assert.Null(summary.Alone);
    }

    private static RunState Later(RunState state, TimeSpan after, RunEvent happened) => state.Apply(new RecordedEvent(state.Sequence + 1, state.LastAt + after, happened));
}
