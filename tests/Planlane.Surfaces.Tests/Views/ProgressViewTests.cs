using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Cli.Views;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Support;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Views;

public sealed class ProgressViewTests
{
    [Fact]
    public void ProgressView_WholeRun_TellsItFromPlanToCommits() => Snapshot.Match(Screens.Fancy(Told(AuthRun.Reviewable().Landed())));

    [Fact]
    public void ProgressView_WholeRunPlain_SaysEverythingInWords() => Snapshot.Match(Screens.Plain(Told(AuthRun.Reviewable().Landed())));

    [Fact]
    public void ProgressView_WholeRun_IsColoured() => Snapshot.Match(Screens.Coloured(Told(AuthRun.Worked())));

    [Fact]
    public void ProgressView_TroubleOfAgents_IsTold()
    {
        var run = AuthRun.Planned().Approved(new RepoPath("auth/password.ts"));
        run.Begun("types").Begun("jwt").Begun("password");
        run.Turn(
            "types",
            [Call("1", "write_file", "auth/types.ts"), Call("2", "write_file", "auth/jwt.ts"), Call("3", "request_file", "auth/index.ts")],
            [new("1", "Written.", false), new("2", "'auth/jwt.ts' belongs to Haiku-2 (Implement JWT utilities). Leave it to its owner.\nmore", true), new("3", "Granted.", false)],
            new FileChange(new("auth/types.ts"), SampleRun.Blob(new("auth/types.ts"))));
        run.Then(new FileRequested(new("types"), new("auth/index.ts"), "It exports the types"), new FileRequested(new("types"), new("auth/contracts.ts"), "A name is missing"));
        run.Turn("types", [Call("4", "edit_file", "auth/types.ts"), SampleRun.Finish("Created types")], [new("4", "Edited.", false)], new FileChange(new("auth/types.ts"), SampleRun.Blob(new("x"))));
        run.Then(new TaskChecked(new("types"), 2, AuthRun.BrokenBuild with { Diagnostics = [new(new("auth/types.ts"), "auth/types.ts(1,1): error")] }));
        run.Then(new FeedbackGiven(new("types"), new Feedback(FeedbackKind.Check, "The check failed")));
        run.Turn("types", [Call("5", "delete_file", "auth/types.ts")], [new("5", "Deleted.", false)], new FileChange(new("auth/types.ts"), null));
        run.Then(new FeedbackGiven(new("types"), new Feedback(FeedbackKind.Incomplete, "You ended your turn without calling finish. Complete the task, then call finish.")));
        run.Ended("types", new AttemptOutcome.Incomplete("The task owns auth/types.ts, which do not exist.", null));
        run.Turn("password", [Call("6", "edit_file", "auth/password.ts")], [new("6", "Edited.", false)], new FileChange(new("auth/password.ts"), SampleRun.Blob(new("y"))));
        run.Ended("password", new AttemptOutcome.Blocked(new AgentWords("Stopped", "The stored hashes use a format that nobody described.")));
        run.Ended("jwt", new AttemptOutcome.Failed("The model refused the task."));
        run.Begun("types").Completed("types", "Created auth types", AuthRun.Created("auth/types.ts", 40));

        Snapshot.Match(Screens.Fancy(Told(run)));
    }

    [Fact]
    public void ProgressView_SetupChangedTrackedFiles_SaysThatTheyArePutBack()
    {
        var run = AuthRun.Planned().Then(new WorkspacesPrepared([new BaseNote(RemarkKind.PutBack, 2, [new("package-lock.json"), new("src/\u001b[2Jgen.ts")])]));

        Assert.EndsWith("\nput back, as setup changed tracked files: package-lock.json, src/\uFFFD[2Jgen.ts; setup prepares ignored files alone\n", Screens.Plain(Told(run)), StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressView_CommandOfSeveralLines_IsCutWithAMark()
    {
        var run = AuthRun.Planned().Approved().Begun("types");
        run.Turn("types", [Call("1", "run_command", "-")], []);
        run.Then(new TurnActed(new("types"), 1, [], ChangeSet.Empty) { Commands = [new CommandRun("set -e\nnpm test", CommandEnd.Exited, 0, 2, "")] });

        Assert.EndsWith("[Haiku-1] Ran set -e ...; exit code 0; 2 s\n", Screens.Plain(Told(run)), StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressView_FailedChecksRepairAndChanges_AreTold()
    {
        var run = AuthRun.Worked().Combined(AuthRun.BrokenBuild);
        run.Begun("jwt").Completed("jwt", "Fixed the types", AuthRun.Created("auth/jwt.ts", 89)).Combined(AuthRun.Build, AuthRun.Tests);
        run.Then(new ReviewDecided(new ReviewDecision.ChangesRequested([new(new("tests"), "Also test an expired token"), new(null, "Shorter names")]), "user"));
        run.Begun("tests");
        run.Then(new StepFailed(new("attempt:tests:2"), FaultKind.Failed, "The model's service refused the key (401).", "Set ANTHROPIC_API_KEY."), new RunResumed(null));
        run.Begun("tests").Completed("tests", "Added a test", AuthRun.Created("tests/auth.test.ts", 190));

        Snapshot.Match(Screens.Fancy(Told(run)));
    }

    [Fact]
    public void ProgressView_PlanWithProblems_TellsThem()
    {
        var run = SampleRun.Started().Then(new StepBegun(new("plan:1")));
        run.Then(new PlanChecked(1, AuthRun.Plan, [new("lanes-disjoint", "Tasks 'a' and 'b' can run together and both own 'x.ts'."), new("acyclic", "Task 'c' depends on itself.")], null));
        run.Then(new StepEnded(new("plan:1")), new StepBegun(new("plan:2")));

        Snapshot.Match(Screens.Fancy(Told(run)));
    }

    [Fact]
    public void ProgressView_Triage_SaysWhatCameOfIt()
    {
        var call = new ModelCall(SampleRun.Haiku.Id, null, new Usage(523, 34, 0, 0), new Cost(0.000693m), 0.7, 1.1);
        RequestTriaged Said(TriageAnswer divide, ModelCall? paid) => new("", paid is null ? null : AnswerStop.EndTurn, new TriageVerdict(divide, RequestKind.Feature, "It says little."), paid);
        var run = SampleRun.Started().Then(new StepBegun(new("triage")), Said(TriageAnswer.Yes, call), Said(TriageAnswer.Unsure, call), Said(TriageAnswer.Unsure, null), Said(TriageAnswer.No, call));

        var shown = Screens.Fancy(Told(run));

        Assert.All(
            ["Asking claude-haiku-4-5 whether this should be divided", "It can be divided", "It is not plain; the planner decides", "No answer came; the planner decides", "Not to be divided; the planner is not asked", "$0.001"],
            words => Assert.Contains(words, shown, StringComparison.Ordinal));
    }

    private static AnswerBlock Call(string id, string tool, string path) => new AnswerBlock.ToolCall(id, tool, $$"""{"path":"{{path}}"}""");

    private static Action<Cli.Output.Screen> Told(SampleRun run) => screen =>
    {
        var state = RunState.Empty;
        var view = new ProgressView(screen, state);
        foreach (var recorded in run.Events)
            view.Show(recorded, state = state.Apply(recorded));
    };
}
