using Planlane.Agents;
using Planlane.Reports;
using Planlane.Scheduling;

namespace Planlane.Runs;

/// <summary>What a user does to a run that is at work: pause, slots, stop of one agent.</summary>
public sealed class SteeringTests
{
    private static readonly RunState Working = Some.Prepared(Some.Plan(Some.Task("types"), Some.Task("docs"), Some.Task("api", after: ["types"])), Some.Settings with { Slots = 1 })
        .After(new StepBegun(Some.Attempt("types")));

    [Fact]
    public void RunPaused_AtWork_BeginsNothingAndDoesNotStandStill()
    {
        var paused = EndedWell().After(new RunPaused("user"));

        Assert.Equal([], RunDecider.Next(paused));
        Assert.Null(RunDecider.StandsStill(paused));
        Assert.Equal(["attempt:api:1", "attempt:docs:1"], RunDecider.Next(paused.After(new SlotsChanged(2, "user"), new RunContinued("user"))).Select(step => step.Id.Value).Order(StringComparer.Ordinal));
        Assert.NotEmpty(RunDecider.Next(paused.After(new RunResumed(null))));
    }

    [Fact]
    public void SlotsChanged_MoreAndThenResumed_StayAsTheyWereSet()
    {
        var more = Working.After(new SlotsChanged(2, "user"));

        Assert.Equal([Some.Attempt("docs")], RunDecider.Next(more).Select(step => step.Id));
        Assert.Equal(2, more.After(new RunResumed(null)).Settings.Slots);
        Assert.Equal(1, more.After(new SlotsChanged(0, "user")).Settings.Slots);
    }

    [Fact]
    public void AgentStopped_AtWork_FailsAndStrandsWhatBuildsOnIt()
    {
        var stopped = Working.After(new AgentStopped(new("types"), "user"));
        var reported = stopped.After(
            new AttemptEnded(new("types"), 1, new AttemptOutcome.Completed(new("Wrote it", null))),
            new TaskReported(ReportRules.Of(stopped.Task(new("types")), new Evidence([]))),
            new StepEnded(Some.Attempt("types")));

        Assert.IsType<AgentMove.Report>(AgentRules.Next(stopped.Task(new("types")), stopped.Settings));
        Assert.Equal((TaskReportState.Failed, "You stopped it."), (reported.Task(new("types")).Report!.State, reported.Task(new("types")).Report!.Reason));
        Assert.Equal(["api"], DispatchRules.Stranded(reported).Select(task => task.Id.Value));
        Assert.Equal([Some.Attempt("docs")], RunDecider.Next(reported).Select(step => step.Id));
    }

    [Fact]
    public void AgentStopped_CallsNotRun_HaveResultsSoThatTheConversationCanGoOn()
    {
        var call = new AnswerBlock.ToolCall("c1", "write_file", "{}");
        RunEvent answered = new TurnAnswered(new("types"), 1, 1, [call, Some.Finish()], AnswerStop.ToolUse, Some.Call());
        RunEvent stop = new AgentStopped(new("types"), "user");

        Assert.All([Working.After(answered, stop), Working.After(stop, answered)], state => Assert.Equal(
            [new ToolResult("c1", "It was not run: the user stopped you.", IsError: true)],
            state.Task(new("types")).Turns[^1].Results));
    }

    [Fact]
    public void AgentStopped_NotAtWork_ChangesNothing()
    {
        var done = EndedWell();

        Assert.Equal(done.Task(new("types")), done.After(new AgentStopped(new("types"), "user")).Task(new("types")));
    }

    private static RunState EndedWell() => Working.After(new TaskReported(Some.Report("types")), new StepEnded(Some.Attempt("types")));
}
