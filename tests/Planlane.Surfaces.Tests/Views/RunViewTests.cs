using Planlane.Agents;
using Planlane.Approval;
using Planlane.Cli.Views;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Support;

namespace Planlane.Views;

public sealed class RunViewTests
{
    [Fact]
    public void RunView_Landed_ShowsPlanWorkCommitsAndEnd() => Snapshot.Match(Screens.Fancy(screen => RunView.Write(screen, AuthRun.Reviewable().Landed().State)));

    [Fact]
    public void RunView_ACheckRanWithoutASandbox_IsMarkedAndCounted()
    {
        var text = Screens.Plain(screen => RunView.Write(screen, AuthRun.Worked().Combined(AuthRun.Build, AuthRun.Tests with { IsSandboxed = false, HeldBy = null }).State));

        Assert.Contains("test passed; 15/15 tests; npm test; 4.1 s; not sandboxed\n", text, StringComparison.Ordinal);
        Assert.Contains("\nSandbox: 1 of 2 commands and checks ran without one, with your rights\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void RunView_WaitsForReview_SaysHowToGoOn() => Assert.EndsWith(
        "\nGo on: planlane review 7f3c2a\n",
        Screens.Plain(screen => RunView.Write(screen, AuthRun.Reviewable().State)),
        StringComparison.Ordinal);

    [Fact]
    public void RunView_StandsStill_SaysWhyAndHowToGoOn() => Assert.EndsWith(
        "\nStands still: The model's service refused the key (401).\n\nGo on: planlane resume 7f3c2a\n",
        Screens.Plain(screen => RunView.Write(screen, Halted().State)),
        StringComparison.Ordinal);

    [Fact]
    public void RunView_InAChain_SaysWhatItFollowsAndWhatFollowsIt()
    {
        var first = AuthRun.Reviewable().Landed();
        var second = new SampleRun().Then(new RunStarted(new("91be04"), new("Now add rate limiting", [], []) { After = first.State.Id }, first.State.Base, first.State.Settings) { Earlier = Lessons.Of(first.Events) });

        Assert.Contains("\nTask: Now add rate limiting\nAfter: run 7f3c2a, Implement user authentication with JWT, password hashing, and tests\n", Screens.Plain(screen => RunView.Write(screen, second.State)), StringComparison.Ordinal);
        Assert.EndsWith("\nFollowed by: run 91be04, Now add rate limiting; unfinished\n", Screens.Plain(screen => RunView.Write(screen, first.State, RunOverview.Of(second.State))), StringComparison.Ordinal);
    }

    [Fact]
    public void RunsView_OneOfEachKind_ListsThemAndTheNextCommand() => Snapshot.Match(Screens.Fancy(screen => RunsView.Write(screen, Kinds())));

    [Fact]
    public void RunsView_Plain_IsASentenceARun() => Snapshot.Match(Screens.Plain(screen => RunsView.Write(screen, Kinds())));

    [Fact]
    public void RunsView_EightyColumns_FitsEveryLine()
    {
        var runs = Kinds().Select((run, index) => run with { After = index == 4 ? new("91be04") : null, Cost = new(12.34m) }).ToList();
        var text = Screens.Fancy(screen => RunsView.Write(screen, runs, more: 12), width: 80);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Match(text);
    }

    [Fact]
    public void RunsView_NoneLikeThat_SaysHowToSeeAll() => Assert.Equal(
        "No run is like that. All of them: planlane runs\n",
        Screens.Plain(screen => RunsView.Write(screen, [], 0, isFiltered: true)));

    [Fact]
    public void RunsView_None_SaysHowToStart() => Assert.Equal(
        "There is no run in this repository yet. Start one: planlane \"REQUEST\"\n",
        Screens.Plain(screen => RunsView.Write(screen, [])));

    [Fact]
    public void LogView_WholeRun_TellsItWithTimes() => Snapshot.Match(Screens.Fancy(screen => LogView.Write(screen, AuthRun.Reviewable().Landed().Events)));

    [Fact]
    public void TranscriptView_RepairedTask_ShowsWhatWasSaidAndDone()
    {
        var run = AuthRun.Planned().Approved();
        run.Begun("jwt");
        var content = string.Join("\\n", Enumerable.Range(1, 20).Select(line => $"line {line}"));
        run.Turn(
            "jwt",
            [new AnswerBlock.Text("I write the utilities."), new AnswerBlock.ToolCall("1", "write_file", $$"""{"path":"auth/jwt.ts","content":"{{content}}"}"""), new AnswerBlock.ToolCall("2", "read_file", "[not an object")],
            [new("1", "Created auth/jwt.ts (20 lines).", false), new("2", "The arguments are no object.", true)]);
        run.Then(new FeedbackGiven(new("jwt"), new Feedback(FeedbackKind.Incomplete, "You ended your turn without calling finish.")));
        run.Completed("jwt", "Implemented JWT utilities", AuthRun.Created("auth/jwt.ts", 20));

        Snapshot.Match(Screens.Fancy(screen => TranscriptView.Write(screen, run.State.Task(new("jwt")))));
    }

    private static SampleRun Halted() =>
        SampleRun.Started().Then(new StepBegun(new("plan:1")), new StepFailed(new("plan:1"), FaultKind.Usage, "The model's service refused the key (401).", null));

    private static IReadOnlyList<RunOverview> Kinds() => [.. new[]
    {
        AuthRun.Reviewable().State,
        AuthRun.Planned().State,
        Halted().State,
        SampleRun.Started().State,
        AuthRun.Reviewable().Landed().State,
        AuthRun.Reviewable().Landed().Then(new Commits.RunUndone()).State,
        AuthRun.Planned().Then(new PlanDecided(new PlanDecision.Rejected(), "user")).State,
    }.Select(RunOverview.Of)];
}
