using CsCheck;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Summary;

public sealed class RunTimelineTests
{
    private static readonly Gen<RunSimulation> Simulations = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[0, 1_000_000].Array[0, 300]).Select((tasks, slots, choices) => new RunSimulation(
        Some.Plan([.. Enumerable.Range(0, tasks).Select(index => Some.Task($"t{index}", after: index > 1 ? ["t0"] : [], check: index == 1 ? "dotnet build" : null))]), Some.Settings with { Slots = slots, MaxTurns = 6 }, choices, 0));

    [Fact]
    public void Of_WaitsCallsAndSteps_PlacesEachByTheRunsClock()
    {
        var events = Recorded(
            (0, new RunStarted(new("7f3c2a"), Some.Request, Some.Base, Some.Settings)),
            (0, new StepBegun(new("plan:1"))),
            (30, new PlanAnswered(1, "{}", AnswerStop.EndTurn, Some.Call(null) with { Seconds = 28 })),
            (30, new PlanChecked(1, Some.Plan(Some.Task("a")), [], Some.Estimate)),
            (30, new StepEnded(new("plan:1"))),
            (100, new PlanDecided(new PlanDecision.Approved(), "user")),
            (101, new StepBegun(Some.Attempt("a"))),
            (111, new TurnAnswered(new("a"), 1, 1, [Some.Finish()], AnswerStop.ToolUse, Some.Call() with { Seconds = 9 })),
            (113, new TurnActed(new("a"), 1, [], ChangeSet.Empty) { Seconds = [0.5, 1] }),
            (120, new StepFailed(Some.Attempt("a"), FaultKind.Failed, "Full", null)),
            (500, new RunResumed(null)),
            (501, new StepBegun(Some.Attempt("a"))));

        var timeline = RunTimeline.Of(events);

        Assert.Equal(
            [
                new TimelineSpan(SpanKind.PlanCall, 2, 30) { What = Some.Sonnet.Id.Value },
                new TimelineSpan(SpanKind.Human, 30, 100),
                new TimelineSpan(SpanKind.Attempt, 101, 120) { Task = new("a"), What = "attempt:a:1", IsFailure = true },
                new TimelineSpan(SpanKind.AgentCall, 102, 111) { Task = new("a"), What = Some.Haiku.Id.Value },
                new TimelineSpan(SpanKind.Tools, 111.5, 113) { Task = new("a") },
                new TimelineSpan(SpanKind.Stopped, 120, 500),
                new TimelineSpan(SpanKind.Attempt, 501, 501) { Task = new("a"), What = "attempt:a:1" },
            ],
            timeline.Spans);
        Assert.Equal(501, timeline.Seconds);
    }

    [Fact]
    public void Of_AnyRun_AgreesWithTheStateThatWasFolded() => Simulations.Sample(simulation =>
    {
        simulation.Run();
        var (timeline, state) = (RunTimeline.Of(simulation.Recorded), simulation.State);
        double Sum(SpanKind kind) => timeline.Spans.Where(span => span.Kind == kind).Sum(span => span.Seconds);

        Assert.All(timeline.Spans, span => Assert.True(span.Start >= 0 && span.End >= span.Start && span.End <= state.Seconds, $"{span}"));
        Assert.Equal(state.HumanSeconds, Sum(SpanKind.Human), 6);
        Assert.Equal(state.StoppedSeconds, Sum(SpanKind.Stopped), 6);
        Assert.Equal(state.Calls.Count, timeline.Spans.Count(span => span.Kind is SpanKind.PlanCall or SpanKind.AgentCall));
        foreach (var stage in StageTime.Of(state))
            Assert.Equal(Covered(timeline, [.. PlanGraph.StagesOf(state.Plan!)[stage.Number - 1].Tasks.Select(task => task.Id)]), stage.Seconds, 6);
    });

    [Fact]
    public void Of_AnyRun_SumsOverTurnsAndLostCallsAreTheTotalsOfTheSummary() => Simulations.Sample(simulation =>
    {
        simulation.Run();
        var (summary, report) = (RunSummary.From(simulation.State), CostReport.From(simulation.State));
        var calls = simulation.Recorded.Select(recorded => recorded.Event switch
        {
            PlanAnswered planned => planned.Call,
            TurnAnswered turn => turn.Call,
            CallLost lost => lost.Call,
            PrefixRenewed renewed => renewed.Call,
            _ => null,
        }).OfType<ModelCall>().ToList();

        Assert.Equal(calls.Sum(call => call.Cost.Usd), summary.Cost.Usd);
        Assert.Equal(calls.Sum(call => call.Usage.Total), summary.Usage.Total);
        Assert.Equal(summary.Cost, report.Cost);
        Assert.Equal(summary.Cost.Usd, report.Askers.Sum(asker => asker.Cost.Usd));
        Assert.Equal(summary.Cost.Usd, summary.Models.Sum(model => model.Cost.Usd));
        Assert.Equal(simulation.Recorded.Select(recorded => recorded.Event).OfType<TurnAnswered>().Select(turn => turn.TaskId).Distinct().Count(), summary.Agents);
    });

    // The moments in which an attempt of these tasks was made, one a second as the simulation's clock ticks, without those that nobody worked in.
    private static double Covered(RunTimeline timeline, HashSet<TaskId> tasks)
    {
        var attempts = timeline.Spans.Where(span => span.Kind is SpanKind.Attempt && tasks.Contains(span.Task!.Value)).ToList();
        var idle = timeline.Spans.Where(span => span.Kind is SpanKind.Human or SpanKind.Stopped).ToList();
        return Enumerable.Range(0, (int)timeline.Seconds).Select(second => second + 0.5)
            .Count(moment => attempts.Exists(span => span.Start < moment && moment < span.End) && !idle.Exists(span => span.Start < moment && moment < span.End));
    }

    private static IEnumerable<RecordedEvent> Recorded(params (double At, RunEvent Event)[] events) =>
        events.Select((item, index) => new RecordedEvent(index + 1, Some.Start.AddSeconds(item.At), item.Event));
}
