using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Commits;

/// <summary>What a rebase does to a run's state.</summary>
public sealed class RebaseStateTests
{
    private static readonly RunState Approved = Some.Prepared(Some.Plan(Some.Task("types"), Some.Task("docs"))).Worked("types").Worked("docs")
        .After(new WorkCombined(Some.Work(1, ["types", "docs"], Some.Check())), new ReviewDecided(new ReviewDecision.Approved([]), "user"));

    private static readonly RunState Wanted = Approved.After(
        new StepFailed(new RunStep.Land().Id, FaultKind.Stale, "HEAD moved.", null), new RunResumed(Budget: null) { Rebase = true });

    [Fact]
    public void Resumed_WithARebase_PutsTheWorkThereFirstAndKeepsTheYes()
    {
        Assert.Equal([new RunStep.Rebase(2)], RunDecider.Next(Wanted));
        Assert.Equal((null, "user", RunWait.Nobody), (Wanted.ApprovedChanges, Wanted.StandingApproval, Wanted.Waiting));
    }

    [Fact]
    public void Rebased_NoFileOfBoth_IsCombinedAndLandsByTheYesThatStands()
    {
        var changes = new ChangeSet([new FileChange(new("src/types.cs"), Some.Id('e'))]);
        var rebased = Wanted.After(new LandingRebased(Some.Base with { Commit = Some.Id('1') }, Some.Id('2'), [new(new("types"), changes)], []));

        Assert.Equal([new RunStep.Combine(2)], RunDecider.Next(rebased));
        Assert.Equal((Some.Id('1'), Some.Id('2'), changes), (rebased.Base.Commit, rebased.BirthTree, rebased.Task(new("types")).Changes));
        Assert.Equal(new Rebase(Some.Base, null, false), rebased.Rebased);
        Assert.Equal([new RunStep.Land()], RunDecider.Next(rebased.After(new WorkCombined(Some.Work(2, ["types", "docs"], Some.Check())))));
    }

    [Fact]
    public void Rebased_FileOfBoth_AsksForAReviewAgain()
    {
        var combined = Wanted.After(new LandingRebased(Some.Base, Some.Id('2'), [], [new("src/types.cs")]), new WorkCombined(Some.Work(2, ["types", "docs"], Some.Check())));
        Assert.Equal(RunWait.ReviewDecision, combined.Waiting);
    }

    [Fact]
    public void Resumed_AfterARebaseThatFailed_StandsWhereItStoodBefore()
    {
        var again = Wanted.After(new StepFailed(new RunStep.Rebase(2).Id, FaultKind.Stale, "Conflicts.", null), new RunResumed(Budget: null));
        Assert.Equal([new RunStep.Combine(2)], RunDecider.Next(again));
        Assert.Equal([new RunStep.Land()], RunDecider.Next(again.After(new WorkCombined(Some.Work(2, ["types", "docs"], Some.Check())))));
    }

    [Fact]
    public void Onto_AnotherCommit_ComesBeforeTheFirstCombination()
    {
        var plan = Some.Plan(Some.Task("types"));
        var worked = (Some.Prepared(plan) with { Settings = Some.Settings with { Landing = new LandingPolicy { Onto = "release" } } }).Worked("types");
        Assert.Equal([new RunStep.Rebase(1)], RunDecider.Next(worked));
        Assert.Equal([new RunStep.Combine(1)], RunDecider.Next(worked.After(new LandingRebased(Some.Base, Some.Id('2'), [], []) { Onto = "release", MovesRefAlone = true })));
    }

    [Fact]
    public void MadeCommits_AnotherWayToLand_AreForgotten()
    {
        var made = Approved.After(new CommitsMade([new LandedCommit(Some.Id('c'), new("Haiku-1"), "[Haiku-1] Add types")]));
        Assert.Single(made.After(new RunResumed(Budget: null)).MadeCommits);
        Assert.Empty(made.After(new RunResumed(Budget: null) { Landing = new LandingPolicy { Form = LandingForm.Squashed } }).MadeCommits);
        Assert.Empty(made.After(new RunResumed(Budget: null) { Rebase = true }).MadeCommits);
    }
}
