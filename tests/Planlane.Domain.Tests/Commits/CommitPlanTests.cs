using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Commits;

public sealed class CommitPlanTests
{
    private static readonly Plan Plan =
        Some.Plan(Some.Task("service", after: ["types"]), Some.Task("types") with { CommitMessage = "Add types \nand more" }, Some.Task("docs", owns: ["docs/"])) with { Contracts = [new(new("src/IClock.cs"), "")] };

    private static readonly RunState Reviewed = Some.Prepared(Plan).Worked("types").Worked("service").Worked("docs")
        .After(new WorkCombined(Some.Work(1, ["types", "service", "docs"], Some.Check())));

    [Fact]
    public void Of_ApprovedChanges_AreContractsThenOneCommitPerAgentThatChangedAnything()
    {
        var approved = Reviewed.After(new ReviewDecided(new ReviewDecision.Approved([]), "user"));

        var plan = CommitPlan.Of(approved, approved.ApprovedChanges!);

        Assert.Equal(
            new CommitPlan([
                new(new("Plan"), null, "[Plan] Add shared contracts", null, Some.Sonnet.Id, [new("src/IClock.cs")]),
                new(new("Haiku-2"), new("types"), "[Haiku-2] Add types", null, Some.Haiku.Id, [new("src/types.cs")]),
                new(new("Haiku-1"), new("service"), "[Haiku-1] Add service", null, Some.Haiku.Id, [new("src/service.cs")])]),
            plan);
        Assert.Equal(plan, CommitPlan.Preview(Reviewed));
    }

    [Fact]
    public void Preview_ContractsThatTheBaseHasAlready_AreNoCommit() => Assert.Equal(
        ["Haiku-2", "Haiku-1"],
        CommitPlan.Preview(Reviewed with { BirthTree = Reviewed.Base.Tree }).Commits.Select(commit => commit.Agent.Value));

    [Fact]
    public void ChangesLanded_AllTasks_CompletesTheRunAndElseInPart()
    {
        var landed = new ChangesLanded(new(Some.Id('a'), Some.Id('f'), "refs/heads/main", []));
        var all = Reviewed.After(new ReviewDecided(new ReviewDecision.Approved([]), "user"), landed);
        var part = Reviewed.After(
            new ReviewDecided(new ReviewDecision.Approved(Some.Ids("docs")), "user"), new WorkCombined(Some.Work(2, ["types", "service"], Some.Check())), landed);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), all.End);
        Assert.Equal(new RunEnd(RunOutcome.CompletedInPart, "Some tasks were left out or not completed."), part.End);
        Assert.True(all.After(new RunUndone()).IsUndone);
    }

    [Fact]
    public void Summary_Run_IsWhatItsStateSays()
    {
        var file = new Reports.FileStat(new("src/types.cs"), Reports.FileChangeKind.Created, 3, 0);
        var call = Some.Call("Haiku-1", 0.02m, new(10, 7_200, 30, 40));
        var planner = Some.Call(null, 0.05m, new(1, 630, 3, 4)) with { FirstByteSeconds = 2, Seconds = 12 };
        var work = Some.Work(1, ["types"], Some.Check() with { Tests = new(5, 0, 0), Seconds = 8 }) with { Files = [file] };
        var state = Some.Planned(Plan) with { Calls = [planner, call, call], Work = work };

        Assert.Equal(
            new RunSummary(
                1,
                1,
                0,
                [file],
                new(5, 0, 0),
                planner.Usage,
                call.Usage + call.Usage,
                [new(Some.Sonnet.Id, planner.Usage, new(0.05m)), new(Some.Haiku.Id, call.Usage + call.Usage, new(0.04m))],
                new(0.09m),
                Budgets.Counterfactual.Of(Some.Sonnet, Some.Day, 1, 14_400, new(2, 63), 8),
                null),
            RunSummary.From(state));
    }
}
