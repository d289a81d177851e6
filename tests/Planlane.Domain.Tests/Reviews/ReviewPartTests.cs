using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Files and hunks that are left out.</summary>
public sealed class ReviewPartTests
{
    private static readonly Plan Plan = Some.Plan(Some.Task("a", ["src/a.cs", "src/aa.cs"]), Some.Task("b"), Some.Task("c"));
    private static readonly RunState Worked = Some.Prepared(Plan).Worked("a").Worked("b").Worked("c");
    private static readonly RunState Passed = Worked.After(new WorkCombined(Some.Work(1, ["a", "b", "c"], Some.Check())));
    private static readonly FileChange Trimmed = new(new("src/a.cs"), Some.Id('9'));
    private static readonly LeftOutPart Hunk = new(new("a"), new("src/a.cs"), Some.Id('c'), Trimmed, ["1a2b3c4d"]);
    private static readonly LeftOutPart File = new(new("a"), new("src/aa.cs"), Some.Id('c'), null, []);
    private static readonly LeftOutPart WholeB = new(new("b"), new("src/b.cs"), Some.Id('c'), null, []);

    [Fact]
    public void Approved_WithParts_IsCombinedAgainAndLandsWhatWasKept()
    {
        var state = Decided(Passed, Hunk, File);

        Assert.Equal([new RunStep.Combine(2)], RunDecider.Next(state));
        Assert.Equal(new ChangeSet([Trimmed]), ReviewedChanges.Of(state, state.Task(new("a"))));
        Assert.Equal(Some.Changes("src/b.cs"), ReviewedChanges.Of(state, state.Task(new("b"))));
        var approved = state.After(new WorkCombined(Some.Work(2, ["a", "b", "c"], Some.Check())));
        Assert.Equal([new RunStep.Land()], RunDecider.Next(approved));
        Assert.Equal(["src/a.cs"], CommitPlan.Of(approved, approved.ApprovedChanges!).Commits[0].Files.Select(path => path.Value));
        Assert.Equal(RunOutcome.CompletedInPart, approved.After(new ChangesLanded(new(Some.Id('a'), Some.Id('f'), null, []))).End?.Outcome);
    }

    [Fact]
    public void Approved_WithPartsAndTheRestFails_AsksAgainAndBlamesNoAgent()
    {
        var state = Decided(Passed, Hunk).After(new WorkCombined(Some.Work(2, ["a", "b", "c"], Some.Check(1, "src/a.cs"))));

        Assert.Equal((RunWait.ReviewDecision, null), (state.Waiting, state.StandingApproval));
        Assert.Empty(RunDecider.Next(state));
        Assert.Equal([Hunk], state.LeftOutParts);
    }

    [Fact]
    public void ChangesRequested_WithPartsLeftOutAndTheRestFails_AsksAgainAndBlamesNoAgent()
    {
        // Nobody has said yes, but hunks were left out: they are the likely cause, and an attempt costs money.
        var sent = Passed.After(new ReviewDecided(new ReviewDecision.ChangesRequested([new(new("b"), "Better")]) { Parts = [Hunk] }, "user")).Worked("b");
        Assert.Null(sent.StandingApproval);

        var state = sent.After(new WorkCombined(Some.Work(2, ["a", "b", "c"], Some.Check(1, "src/a.cs"))));

        Assert.Equal(RunWait.ReviewDecision, state.Waiting);
        Assert.Empty(RunDecider.Next(state));
    }

    [Fact]
    public void Approved_PartOfAnotherProposal_LeavesNothingOut()
    {
        var stale = Hunk with { From = Some.Id('7') };
        var state = Passed.After(new ReviewDecided(new ReviewDecision.Approved([]) { Parts = [stale] }, "user"));

        Assert.NotNull(state.ApprovedChanges);
        Assert.Equal(Passed.Task(new("a")).Changes, ReviewedChanges.Of(state, state.Task(new("a"))));
    }

    [Fact]
    public void Approved_PartTakenInAgain_IsWhole()
    {
        var asked = Decided(Passed, Hunk, File).After(new WorkCombined(Some.Work(2, ["a", "b", "c"], Some.Check(1))));

        var state = Decided(asked, Hunk with { Kept = new(new("src/a.cs"), Some.Id('c')), Hunks = [] });

        Assert.Equal([File], state.LeftOutParts);
        Assert.Equal(Some.Changes("src/a.cs"), ReviewedChanges.Of(state, state.Task(new("a"))));
    }

    [Fact]
    public void Approved_TaskTakenInAgain_IsCombinedAgain()
    {
        var without = Passed.After(new ReviewDecided(new ReviewDecision.Approved(Some.Ids("a")), "user"), new WorkCombined(Some.Work(2, ["b", "c"], Some.Check(1, "src/b.cs")))).Worked("b").After(new WorkCombined(Some.Work(3, ["b", "c"], Some.Check())));

        var state = without.After(new ReviewDecided(new ReviewDecision.Approved([]) { TakenIn = Some.Ids("a") }, "user"));

        Assert.Equal([], state.LeftOut);
        Assert.Equal([new RunStep.Combine(4)], RunDecider.Next(state));
    }

    [Fact]
    public void Refusal_EverythingCutAway_IsSaid() => Assert.Equal(
        "Nothing is left to commit; reject the work instead.",
        ReviewRules.Refusal(Passed, new ReviewDecision.Approved(Some.Ids("a", "c")) { Parts = [WholeB] }, "user"));

    [Fact]
    public void Refusal_YesForOtherWork_IsSaid()
    {
        var decision = new ReviewDecision.Approved([]) { Work = Some.Id('1') };

        Assert.True(ReviewRules.IsStale(Passed, decision));
        Assert.StartsWith("The yes is for the work 1111", ReviewRules.Refusal(Passed, decision, "user"), StringComparison.Ordinal);
        Assert.Null(Passed.After(new ReviewDecided(decision, "user")).ApprovedChanges);
        Assert.Null(ReviewRules.Refusal(Passed, decision with { Work = Passed.Work!.Tree }, "user"));
    }

    [Fact]
    public void ChangesRequested_OfATaskWithParts_LetsItGoOnFromWhatWasKept()
    {
        var state = Passed.After(new ReviewDecided(new ReviewDecision.ChangesRequested([new(new("a"), "Rename it") { Path = new("src/a.cs"), Line = 3, Quote = "int x;" }]) { Parts = [Hunk, File, WholeB] }, "user"));

        var task = state.Task(new("a"));
        Assert.Equal(new ChangeSet([Trimmed]), task.Changes);
        Assert.DoesNotContain(new RepoPath("src/aa.cs"), task.ToCreate);
        Assert.Equal([WholeB], state.LeftOutParts);
        Assert.Equal([new(task.Id, new ChangeSet([Trimmed])), new(new("b"), Some.Changes("src/b.cs")), new(new("c"), Some.Changes("src/c.cs"))], state.LastProposals);
        Assert.Equal(
            """
            The user asks for this change:
            src/a.cs:3: at the line
            > int x;
            Rename it
            src/a.cs lacks some of your changes now: the user did not want them. Do not make them again.
            src/aa.cs is as it was before your work now: the user did not want them. Do not make them again.

            Make it, then call finish again.
            """,
            task.Prompt?.Text.ReplaceLineEndings());
    }

    [Fact]
    public void ReviewViewed_Marks_HoldForTheProposalThatWasSeen()
    {
        var task = Passed.Task(new("a"));
        var seen = new ViewedFile(task.Id, new("src/a.cs"), Some.Id('c'));

        var viewed = Passed.After(new ReviewViewed([seen]));

        Assert.Equal([seen], viewed.Viewed);
        Assert.Equal(RunWait.ReviewDecision, viewed.Waiting);
        Assert.Equal([], viewed.After(new ReviewViewed([seen], false)).Viewed);
        Assert.Equal([seen], viewed.After(new ReviewViewed([seen])).Viewed);
    }

    [Fact]
    public void ReviewSelection_ChoicesOfFilesAndHunks_ReplaceEachOther()
    {
        var (all, file, first, second) = (ReviewTarget.Of(new("a")), ReviewTarget.Of(new("a"), new("src/a.cs")), new ReviewTarget(new("a"), new("src/a.cs"), ["1"]), new ReviewTarget(new("a"), new("src/a.cs"), ["2"]));
        var review = new Review(new("7f3c2a"), 1, Some.Id('d'), true, [new ReviewAgent(new("Haiku-1"), new("a"), "A", ReviewStanding.Kept, [new ReviewFile(new("a"), new("src/a.cs"), FileChangeKind.Changed, 1, 1, null, null), new ReviewFile(new("a"), new("src/aa.cs"), FileChangeKind.Changed, 1, 1, null, null)], [])]);
        var none = new ReviewSelection([], []);

        Assert.Equal([first with { Hunks = ["1", "2"] }], none.Without(first).Without(second).LeftOut);
        Assert.Equal([second], none.Without(first).Without(second).With(first, review).LeftOut);
        Assert.Equal([], none.Without(first).With(first, review).LeftOut);
        Assert.Equal([file], none.Without(first).Without(file).Without(second).LeftOut);
        Assert.Equal([all], none.Without(file).Without(all).Without(first).LeftOut);
        Assert.Equal([ReviewTarget.Of(new("a"), new("src/aa.cs"))], none.Without(all).With(file, review).LeftOut);
        Assert.Equal([], none.Without(file).With(all, review).LeftOut);
        Assert.True(none.Without(all).LeavesOut(first));
        Assert.False(none.Without(first).LeavesOut(file));
    }

    [Fact]
    public void ReviewSelection_CommentOnWhatIsLeftOut_TakesItIn()
    {
        var chosen = new ReviewSelection([ReviewTarget.Of(new("b")), ReviewTarget.Of(new("a"), new("src/a.cs")), new ReviewTarget(new("a"), new("src/aa.cs"), ["1"]), ReviewTarget.Of(new("c"))], [])
            .With(new ReviewComment(new("b"), "x")).With(new ReviewComment(new("a"), "x") { Path = new("src/a.cs"), Line = 2 }).With(new ReviewComment(new("a"), "x") { Path = new("src/aa.cs") });

        Assert.Equal([new ReviewTarget(new("a"), new("src/aa.cs"), ["1"]), ReviewTarget.Of(new("c"))], chosen.Effective.LeftOut);
    }

    [Fact]
    public void ReviewSelection_OfARun_IsWhatWasLeftOutBefore()
    {
        var state = Decided(Passed, Hunk, File);

        Assert.Equal([new ReviewTarget(new("a"), new("src/a.cs"), ["1a2b3c4d"]), ReviewTarget.Of(new("a"), new("src/aa.cs"))], ReviewSelection.Of(state).LeftOut);
        Assert.Equal([ReviewTarget.Of(new("b"))], ReviewSelection.Of(Passed with { LeftOut = Some.Ids("b") }).LeftOut);
    }

    private static RunState Decided(RunState state, params LeftOutPart[] parts) => state.After(new ReviewDecided(new ReviewDecision.Approved([]) { Parts = parts.ToValueList() }, "user"));
}
