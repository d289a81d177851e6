using Planlane.Approval;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

public sealed class TimeLeftTests
{
    // Each task is expected to take one minute, at most two.
    private static readonly Plan Plan = Some.Plan(Some.Task("types"), Some.Task("docs"), Some.Task("api", after: ["types"])) with { Checks = [new("test", "dotnet test")] };

    private static readonly EstimatedWork Minute = Some.Likely with { Minutes = new(1, 2) };

    private static readonly RunState Begun = Some.Started(Some.Settings with { Slots = 2 }).After(
        new PlanGiven(Plan, Some.Estimate with { Tasks = Plan.Tasks.Select(task => new EstimatedTask(task.Id, new(1, 2), Minute)).ToValueList(), CheckRoundMinutes = new(0.5, 1) }),
        new PlanDecided(new PlanDecision.Approved(), "user"),
        new AgentsPrepared(Some.Id('e'), 0, []));

    [Fact]
    public void Of_NothingBegun_IsTheLongestChainAndTheChecks() => Assert.Equal((2.5, 5.0), MinutesOf(Begun, 0));

    [Fact]
    public void Of_NothingBegun_NamesTheChain() => Assert.Equal(Some.Ids("types", "api"), TimeLeft.Of(Begun, _ => 0)!.CriticalPath);

    [Fact]
    public void Of_AtWork_IsLessByTheTimeOfTheAgentAndNeverNothing()
    {
        var working = Begun.After(new StepBegun(Some.Attempt("types")));

        Assert.Equal(2.0, MinutesOf(working, 30).Median, 6);
        Assert.Equal(1.65, MinutesOf(working, 3_600).Median, 6);
    }

    [Fact]
    public void Of_CompleteTasksWereFaster_ExpectsTheOthersToBeFaster()
    {
        // Its one call took two seconds, of sixty that were expected.
        var faster = MinutesOf(Begun.Worked("types"), 0);

        Assert.True(faster.Median < 1.5 - 0.4, $"{faster}");
    }

    [Fact]
    public void Of_AgentStopped_LeavesOutWhatBuildsOnIt()
    {
        var stopped = Begun.Worked("types", Reports.TaskReportState.Failed);

        Assert.Equal(Some.Ids("docs"), TimeLeft.Of(stopped, _ => 0)!.CriticalPath);
    }

    [Fact]
    public void Of_PlanNotApprovedOrNothingEstimated_IsUnknown()
    {
        Assert.Null(TimeLeft.Of(Some.Planned(Plan), _ => 0));
        Assert.Null(TimeLeft.Of(Some.Started(), _ => 0));
    }

    private static (double Median, double High) MinutesOf(RunState state, double seconds) => TimeLeft.Of(state, _ => seconds)!.Minutes is var minutes ? (minutes.Median, minutes.High) : default;
}
