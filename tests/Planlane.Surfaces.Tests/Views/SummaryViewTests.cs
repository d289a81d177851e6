using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Cli.Views;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Support;

namespace Planlane.Views;

public sealed class SummaryViewTests
{
    [Fact]
    public void SummaryView_Completed_ShowsTokensCostAndSaving() =>
        Snapshot.Match(Screens.Fancy(screen => SummaryView.Write(screen, AuthRun.Reviewable().Landed().State)));

    [Fact]
    public void SummaryView_Plain_SaysEverythingInWords() =>
        Snapshot.Match(Screens.Plain(screen => SummaryView.Write(screen, AuthRun.Reviewable().Landed().State)));

    [Fact]
    public void SummaryView_Scripted_SaysThatTheFiguresAreSimulated() => Snapshot.Match(Screens.Fancy(screen =>
        SummaryView.Write(screen, AuthRun.Reviewable(new RunSettings(SampleRun.Sonnet, SampleRun.Haiku, Scripted: true)).Landed().State)));

    [Fact]
    public void SummaryView_LeftOutAndUndone_SaysBoth()
    {
        var run = AuthRun.Reviewable().Then(new ReviewDecided(new ReviewDecision.Approved([new("tests")]), "user")).Combined(AuthRun.Build);
        run.Then(new ChangesLanded(new CommitReceipt(run.State.Base.Commit, new("f00"), null, [])), new RunUndone());

        Snapshot.Match(Screens.Fancy(screen => SummaryView.Write(screen, run.State)));
    }

    [Fact]
    public void SummaryView_PlanRejected_ShowsWhatPlanningCost() => Snapshot.Match(Screens.Fancy(screen =>
        SummaryView.Write(screen, AuthRun.Planned().Then(new PlanDecided(new PlanDecision.Rejected(), "user")).State)));

    [Fact]
    public void SummaryView_Unsuitable_GivesTheReason()
    {
        var plan = AuthRun.Plan with { Suitability = new Suitability(false, "One file changes; one agent alone is cheaper and faster."), Tasks = [] };
        var run = SampleRun.Started().Then(new PlanChecked(1, plan, [], null));

        Snapshot.Match(Screens.Fancy(screen => SummaryView.Write(screen, run.State)));
    }

    [Fact]
    public void SummaryView_NotDividedBeforeThePlanner_GivesTheReasonAndThePrice()
    {
        var call = new ModelCall(SampleRun.Haiku.Id, null, new Usage(523, 34, 0, 0), new Cost(0.000693m), 0.7, 1.1);
        var run = SampleRun.Started().Then(new RequestTriaged("{}", AnswerStop.EndTurn, new TriageVerdict(TriageAnswer.No, RequestKind.BugFix, "Only src/Shop/Program.cs is wrong; one agent mends it."), call));

        var shown = Screens.Fancy(screen => SummaryView.Write(screen, run.State));

        Assert.Contains("Only src/Shop/Program.cs is wrong; one agent mends it.", shown, StringComparison.Ordinal);
        Assert.Contains("claude-haiku-4-5 judged this for $0.001, before the planner was asked.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void SummaryView_NothingCompleted_SaysThatTheRunFailed()
    {
        var run = AuthRun.Planned().Approved();
        run.Begun("types").Ended("types", new AttemptOutcome.Failed("The model refused the task."));
        run.Combined();

        Snapshot.Match(Screens.Fancy(screen => SummaryView.Write(screen, run.State)));
    }
}
