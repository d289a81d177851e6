using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Planning;

public sealed class TriageRulesTests
{
    private static readonly RunSettings Asks = Some.Settings with { Triages = true };
    private static readonly TriageVerdict No = new(TriageAnswer.No, RequestKind.BugFix, "One line is wrong.");
    private static readonly ModelCall Call = new(Some.Haiku.Id, null, new Usage(600, 60, 0, 0), new Cost(0.0009m), 0.7, 1.2);

    public static TheoryData<string, RunSettings, RunRequest> NotAsked { get; } = new()
    {
        { "switched off", Some.Settings, Some.Request },
        { "the user insists", Asks with { Mode = RunMode.Forced }, Some.Request },
        { "a number of agents", Asks, Some.Request with { Agents = 4 } },
        { "split hints", Asks, Some.Request with { SplitHints = ["one agent for types"] } },
        { "a long request", Asks, Some.Request with { Goal = new string('x', 4_001) } },
        { "agents no cheaper than the planner", Asks with { Agent = Some.Sonnet }, Some.Request },
        // The worst case of the planner is $0.5925.
        { "a budget that just covers the plan", Asks with { Budget = new Cost(0.60m) }, Some.Request },
    };

    [Theory]
    [MemberData(nameof(NotAsked))]
    public void Next_TriageIsNotDue_AsksThePlanner(string why, RunSettings settings, RunRequest request)
    {
        var state = RunState.Empty.After(new RunStarted(new("7f3c2a"), request, Some.Base, settings));

        Assert.True(RunDecider.Next(state) is [RunStep.MakePlan(1)], why);
    }

    [Fact]
    public void Next_FollowUp_AsksThePlanner()
    {
        var state = RunState.Empty.After(new RunStarted(new("7f3c2a"), Some.Request, Some.Base, Asks)) with { Earlier = new EarlierRun(new("0ddba1"), "Add tokens", Some.Id('a'), [], [], [], [], [], [], []) };

        Assert.Equal([new RunStep.MakePlan(1)], RunDecider.Next(state));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.00)]
    public void Next_NothingKnown_AsksTheAgentsModelFirst(double? budget) =>
        Assert.Equal([new RunStep.Triage()], RunDecider.Next(Some.Started(Asks with { Budget = budget is { } usd ? new Cost((decimal)usd) : null })));

    [Fact]
    public void RequestTriaged_No_EndsTheRunAsUnsuitableAndBooksTheCall()
    {
        var state = Some.Started(Asks).After(new StepBegun(new("triage")), new RequestTriaged("{}", AnswerStop.EndTurn, No, Call), new StepEnded(new("triage")));

        Assert.Equal(new RunEnd(RunOutcome.Unsuitable, "One line is wrong."), state.End);
        Assert.Equal((null, false), (state.PlanOrder, state.Verdict!.Divides));
        Assert.Empty(RunDecider.Next(state));
        Assert.Equal(("triage", Call.Cost), CostReport.From(state).Askers is [var only] ? (only.Who, only.Cost) : default);
        Assert.Equal(Call.Usage, RunSummary.From(state).PlannerUsage);
    }

    [Theory]
    [InlineData(TriageAnswer.Yes)]
    [InlineData(TriageAnswer.Unsure)]
    public void RequestTriaged_NotNo_AsksThePlannerAndNeverTheTriageAgain(TriageAnswer divide)
    {
        var asked = Some.Started(Asks).After(new StepBegun(new("triage")), new RequestTriaged("{}", AnswerStop.EndTurn, No with { Divide = divide }, Call));

        Assert.Equal([new RunStep.MakePlan(1)], RunDecider.Next(asked.After(new StepEnded(new("triage")))));
        Assert.Equal([new RunStep.MakePlan(1)], RunDecider.Next(asked.After(new RunResumed(null))));
    }

    [Fact]
    public void Next_KilledBeforeTheAnswerWasRecorded_AsksAgain() =>
        Assert.Equal([new RunStep.Triage()], RunDecider.Next(Some.Started(Asks).After(new StepBegun(new("triage")), new RunResumed(null))));

    [Fact]
    public void Who_PlannersOwnCalls_IsThePlanner()
    {
        var state = Some.Started(Asks).After(new RequestTriaged("", null, TriageVerdict.None("No answer."), null), new PlanAnswered(1, "{}", AnswerStop.EndTurn, Some.Call(null)));

        Assert.Equal(["planner"], CostReport.From(state).Askers.Select(asker => asker.Who));
    }
}
