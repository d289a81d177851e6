using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Workspaces;

namespace Planlane.Reviews;

public sealed class ReviewRulesTests
{
    private static readonly Plan Plan = Some.Plan(Some.Task("a"), Some.Task("b"), Some.Task("c"));
    private static readonly RunState Worked = Some.Prepared(Plan).Worked("a").Worked("b").Worked("c");
    private static readonly RunState Passed = Worked.After(new WorkCombined(Some.Work(1, ["a", "b", "c"], Some.Check())));
    private static readonly ReviewDecision All = new ReviewDecision.Approved([]);
    private static readonly ReviewDecision AllButA = new ReviewDecision.Approved(Some.Ids("a"));

    // Failed checks that may not be repaired are shown as they are.
    private static readonly RunState Failed = Failing(Worked with { Settings = Some.Settings with { MaxRepairs = -1 } }, 1);

    // A review of b and c, after a was left out and b repaired.
    private static readonly RunState WithoutA = Passed.After(new ReviewDecided(AllButA, "user"), new WorkCombined(Some.Work(2, ["b", "c"], Some.Check(1, "src/b.cs"))))
        .Worked("b").After(new WorkCombined(Some.Work(3, ["b", "c"], Some.Check())));

    [Fact]
    public void Refusal_NobodyWaits_IsSaid() => Assert.Equal("The run does not wait for a review.", ReviewRules.Refusal(Worked, All, "user"));

    [Fact]
    public void Refusal_AutoApprovalOfFailedChecks_IsSaidAndNothingHappens()
    {
        Assert.Equal(RunWait.ReviewDecision, Failed.Waiting);
        Assert.Equal("Checks failed, so the work is not approved automatically.", ReviewRules.Refusal(Failed, All, ReviewRules.Auto));
        Assert.Null(Failed.After(new ReviewDecided(All, ReviewRules.Auto)).ApprovedChanges);
    }

    [Fact]
    public void Refusal_HumanApprovalOfFailedChecks_IsAllowed()
    {
        Assert.Null(ReviewRules.Refusal(Failed, All, "user"));
        Assert.Equal("user", Failed.After(new ReviewDecided(All, "user")).ApprovedChanges?.By);
    }

    [Fact]
    public void Refusal_DecisionThatMeansNothing_IsSaid()
    {
        Assert.Equal("Nothing is left to commit; reject the work instead.", ReviewRules.Refusal(Passed, new ReviewDecision.Approved(Some.Ids("c", "b", "a")), "user"));
        Assert.Equal("Say what to change.", ReviewRules.Refusal(Passed, new ReviewDecision.ChangesRequested([]), "user"));
        Assert.Equal("The plan has no task 'z'.", ReviewRules.Refusal(Passed, new ReviewDecision.ChangesRequested([new(new("a"), "x"), new(new("z"), "x")]), "user"));
        Assert.Equal("The plan has no task 'z'.", ReviewRules.Refusal(Passed, new ReviewDecision.Approved(Some.Ids("z")), "user"));
    }

    [Fact]
    public void Approved_All_IsReadyToLand()
    {
        var state = Passed.After(new ReviewDecided(All, "user"));

        Assert.Equal(Passed.Work, state.ApprovedChanges?.Work);
        Assert.Equal(Passed.ApprovedPlan, state.ApprovedChanges?.Plan);
        Assert.Equal([new RunStep.Land()], RunDecider.Next(state));
    }

    [Fact]
    public void Approved_WithOneLeftOut_IsCombinedAgainAndLandsWhenItPasses()
    {
        var state = Passed.After(new ReviewDecided(AllButA, "user"));

        Assert.Null(state.ApprovedChanges);
        Assert.Equal(Some.Ids("a"), state.LeftOut);
        Assert.Equal([new RunStep.Combine(2)], RunDecider.Next(state));
        var work = Some.Work(2, ["b", "c"], Some.Check());
        Assert.Equal(work, state.After(new WorkCombined(work)).ApprovedChanges?.Work);
    }

    [Fact]
    public void Refusal_LaterTaskWentOnFromAFileThatIsLeftOut_IsSaid()
    {
        var both = Some.Plan(Some.Task("first", ["src/one.cs"]), Some.Task("second", ["src/one.cs", "src/two.cs"], after: ["first"]), Some.Task("third"));
        var state = Some.Prepared(both).Worked("first").Worked("second").Worked("third").After(new WorkCombined(Some.Work(1, ["first", "second", "third"], Some.Check())));

        Assert.Contains("Haiku-2 went on from Haiku-1's version of 'src/one.cs'", ReviewRules.Refusal(state, new ReviewDecision.Approved(Some.Ids("first")), "user"));
        Assert.Null(ReviewRules.Refusal(state, new ReviewDecision.Approved(Some.Ids("first", "second")), "user"));
        Assert.Null(ReviewRules.Refusal(state, new ReviewDecision.Approved(Some.Ids("second")), "user"));
    }

    [Fact]
    public void Approved_WithOneLeftOut_IsSeenByNobodyWhoWorksAgain()
    {
        var state = Passed.After(new ReviewDecided(AllButA, "user"), new WorkCombined(Some.Work(2, ["b", "c"], Some.Check(1, "src/b.cs"))));

        Assert.Equal(Some.Ids("c"), WorkOrder.SeenBy(state, new("b")).Select(task => task.Id));
    }

    [Fact]
    public void Approved_WithOneLeftOutAndTheRestFails_IsRepairedAndReviewedAgain()
    {
        var state = Passed.After(new ReviewDecided(AllButA, "user"), new WorkCombined(Some.Work(2, ["b", "c"], Some.Check(1, "src/b.cs"))));

        Assert.Null(state.ApprovedChanges);
        Assert.Null(state.StandingApproval);
        Assert.Equal([new RunStep.Attempt(new("b"), 2)], RunDecider.Next(state));
        Assert.Equal(RunWait.ReviewDecision, WithoutA.Waiting);
    }

    [Fact]
    public void Rejected_Work_EndsTheRun() =>
        Assert.Equal(new RunEnd(RunOutcome.Rejected, "The work was rejected; nothing was committed."), Passed.After(new ReviewDecided(new ReviewDecision.Rejected(), "user")).End);

    [Fact]
    public void ChangesRequested_OfOneTask_ReopensItAlone()
    {
        var state = Passed.After(Changes(new("b"), "Rename it", "and test it"));

        Assert.Equal(
            Passed.Tasks.Replace(task => task.Id.Value == "b", task => task with { Order = new(2, AttemptReason.Changes), Prompt = new(FeedbackKind.Review, "The user asks for this change:\nRename it\nand test it\n\nMake it, then call finish again."), Outcome = null, Report = null }),
            state.Tasks);
        Assert.Null(state.Work);
        Assert.Equal([new RunStep.Attempt(new("b"), 2)], RunDecider.Next(state));
    }

    [Fact]
    public void ChangesRequested_OfAll_ReopensAllButWhatWasLeftOut()
    {
        var state = WithoutA.After(Changes(null, "Shorter"));

        Assert.Equal(["b", "c"], state.Tasks.Where(task => task.IsOpen).Select(task => task.Id.Value));
        Assert.Equal(Some.Ids("a"), state.LeftOut);
    }

    [Fact]
    public void ChangesRequested_OfATaskThatWasLeftOut_TakesItInAgain()
    {
        var state = WithoutA.After(Changes(new("a"), "Do it so"));

        Assert.Equal(["a"], state.Tasks.Where(task => task.IsOpen).Select(task => task.Id.Value));
        Assert.Equal([], state.LeftOut);
    }

    [Fact]
    public void WorkCombined_FailedChecks_AreRepairedThenEscalatedThenReviewed()
    {
        var state = Worked;
        var reasons = new List<AttemptReason>();
        for (var round = 1; (state = Failing(state, round)).Task(new("b")).Order is { } order; round++)
        {
            reasons.Add(order.Reason);
            Assert.Equal(FeedbackKind.Check, state.Task(new("b")).Prompt?.Kind);
            Assert.Equal([new RunStep.Attempt(new("b"), order.Attempt)], RunDecider.Next(state));
            state = state.Worked("b");
        }

        Assert.Equal([AttemptReason.Repair, AttemptReason.Repair, AttemptReason.Escalation], reasons);
        Assert.Equal(RunWait.ReviewDecision, state.Waiting);
        Assert.False(state.Work?.Passed);
    }

    [Fact]
    public void WorkCombined_NothingCompleted_EndsTheRun() => Assert.Equal(
        new RunEnd(RunOutcome.Failed, "No task was completed, so there is nothing to review."),
        Worked.After(new WorkCombined(Some.Work(1, []))).End);

    [Fact]
    public void TaskReported_Incomplete_EscalatesOnce()
    {
        var state = Some.Prepared(Plan).Worked("a", TaskReportState.Incomplete);

        Assert.Equal(new AttemptOrder(2, AttemptReason.Escalation), state.Task(new("a")).Order);
        Assert.Equal(new Feedback(FeedbackKind.Incomplete, "It is not done."), state.Task(new("a")).Prompt);
        Assert.Null(state.Worked("a", TaskReportState.Incomplete).Task(new("a")).Order);
    }

    [Fact]
    public void CombinedWork_Tests_AreTheSumOfWhatWasCounted()
    {
        var counted = Some.Check() with { Tests = new(3, 1, 2) };

        Assert.Equal(new TestCounts(6, 2, 4), Some.Work(1, ["a"], counted, Some.Check(), counted).Tests);
        Assert.Equal(12, Some.Work(1, ["a"], counted, counted).Tests?.Total);
        Assert.Null(Some.Work(1, ["a"], Some.Check()).Tests);
    }

    private static ReviewDecided Changes(Values.TaskId? task, params string[] words) =>
        new(new ReviewDecision.ChangesRequested([.. words.Select(text => new ReviewComment(task, text))]), "user");

    private static RunState Failing(RunState state, int round) => state.After(new WorkCombined(Some.Work(round, ["a", "b", "c"], Some.Check(1, "src/b.cs"))));
}
