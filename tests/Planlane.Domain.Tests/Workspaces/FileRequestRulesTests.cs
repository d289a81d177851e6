using CsCheck;
using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

public sealed class FileRequestRulesTests
{
    // c depends on a; d is alone. e owns a folder.
    private static readonly Plan Plan = Some.Plan(Some.Task("a"), Some.Task("b"), Some.Task("c", after: ["a"]), Some.Task("d"), Some.Task("e", owns: ["docs/**"])) with
    {
        Contracts = [new(new("src/IClock.cs"), "")],
    };

    private static readonly RunState Prepared = Some.Prepared(Plan) with { Base = Some.Base with { Uncommitted = [new("notes.md")] } };

    // a, b and d are at work; c waits for a, e has not begun.
    private static readonly RunState AtWork = Prepared.After([.. new[] { "a", "b", "d" }.Select(id => new StepBegun(Some.Attempt(id)))]);

    [Theory]
    [InlineData("src/free.cs", FileDecision.Granted, null, null)]
    [InlineData("src/a.cs", FileDecision.Queued, "a", "'src/a.cs' belongs to Haiku-1 (Write a), which is still at work on it.")]
    [InlineData("SRC/A.cs", FileDecision.Queued, "a", "'SRC/A.cs' belongs to Haiku-1 (Write a), which is still at work on it.")]
    [InlineData("src/c.cs", FileDecision.Refused, "c", "'src/c.cs' belongs to Haiku-3 (Write c), which has not begun and will write it itself.")]
    [InlineData("docs/guide.md", FileDecision.Refused, "e", "'docs/guide.md' belongs to Haiku-5 (Write e), which has not begun and will write it itself.")]
    [InlineData("SRC/iclock.cs", FileDecision.Refused, null, "'SRC/iclock.cs' is a contract that all tasks share; it cannot be changed.")]
    [InlineData("Notes.md", FileDecision.Refused, null, "'Notes.md' has changes of the user that are not committed.")]
    [InlineData("src/*.cs", FileDecision.Refused, null, "'src/*.cs' is a pattern; ask for one file.")]
    [InlineData("../x.cs", FileDecision.Refused, null, "The path '../x.cs' contains an empty, '.' or '..' part.")]
    public void Decide_Path_FollowsFromItsOwner(string path, FileDecision decision, string? owner, string? reason) =>
        Assert.Equal(new FileVerdict(decision, owner is null ? null : new TaskId(owner), reason), FileRequestRules.Decide(AtWork, new("b"), new(path)));

    [Fact]
    public void Decide_OwnerComplete_IsTakenOverAndTheOwnerHasItNoLonger()
    {
        var ended = AtWork.Worked("a");

        var state = Ask(ended, "b", "src/a.cs");

        Assert.Equal([new FileRequest(new("src/a.cs"), "why", FileDecision.Granted, new TaskId("a"))], state.Task(new("b")).Requests);
        Assert.Equal(["", "src/b.cs, src/a.cs"], new[] { "a", "b" }.Select(id => state.Task(new(id)).Lane.ToString()));
        Assert.Equal("'src/a.cs' belongs to Haiku-2 (Write b). Your lane is: . Leave it to its owner.", OwnershipRules.Refusal(state, new("a"), new("src/a.cs")));
        Assert.Equal(["a"], WorkOrder.AncestorsOf(state, new("b")).Select(id => id.Value));
    }

    [Fact]
    public void Decide_OwnerDidNotComplete_IsRefused() => Assert.Equal(
        new FileVerdict(FileDecision.Refused, new TaskId("a"), "'src/a.cs' belongs to Haiku-1 (Write a), which did not complete its work."),
        FileRequestRules.Decide(AtWork.Worked("a", TaskReportState.Failed), new("b"), new("src/a.cs")));

    [Fact]
    public void Decide_TwoForOneFile_OnlyTheFirstGetsIt()
    {
        var state = Ask(Ask(AtWork, "b", "src/free.cs"), "d", "src/free.cs");

        Assert.True(state.Task(new("b")).Lane.Includes(new("src/free.cs")));
        Assert.False(state.Task(new("d")).Lane.Includes(new("src/free.cs")));
        Assert.Equal([new FileRequest(new("src/free.cs"), "why", FileDecision.Queued, new TaskId("b"))], state.Task(new("d")).Requests);
    }

    [Fact]
    public void Decide_OwnerWaitsForTheAsker_IsRefused()
    {
        var state = Ask(Ask(AtWork, "b", "src/a.cs"), "d", "src/b.cs");

        var verdict = FileRequestRules.Decide(state, new("a"), new("src/d.cs"));

        Assert.Equal(new FileVerdict(FileDecision.Refused, new TaskId("d"), "'src/d.cs' belongs to Haiku-4 (Write d), which builds on your work or waits for it: the two would wait for each other."), verdict);
    }

    [Fact]
    public void Decide_OwnerDependsOnTheAskerByThePlan_IsRefusedEvenWhenItIsComplete()
    {
        var repaired = AtWork.Worked("a").Worked("c").After(new StepBegun(Some.Attempt("a", 2)));

        var verdict = FileRequestRules.Decide(repaired, new("a"), new("src/c.cs"));

        Assert.Equal((FileDecision.Refused, new TaskId("c")), (verdict.Decision, verdict.Owner!.Value));
    }

    [Fact]
    public void Decide_OwnerBetweenTwoAttempts_IsWaitedForUnlessItCanNeverGoOn()
    {
        var asked = Ask(AtWork.Worked("d"), "b", "src/a.cs");
        var again = asked.Worked("a", TaskReportState.Incomplete);

        Assert.Equal(FileDecision.Queued, FileRequestRules.Decide(again, new("b"), new("src/a.cs")).Decision);
        Assert.False(FileRequestRules.IsOver(again, new("b"), new("src/a.cs")));

        // No money for another attempt, and all others have ended: to wait would be for ever.
        var poor = again with { Settings = again.Settings with { Budget = Budgets.Cost.Zero } };
        Assert.Empty(RunDecider.Next(poor));
        Assert.Equal(new FileVerdict(FileDecision.Refused, new TaskId("a"), "'src/a.cs' belongs to Haiku-1 (Write a), which cannot go on now."), FileRequestRules.Decide(poor, new("b"), new("src/a.cs")));
    }

    [Fact]
    public void IsOver_OwnerEnds_IsTrueOnceItsStepHasEnded()
    {
        var asked = Ask(AtWork, "b", "src/a.cs");

        Assert.True(FileRequestRules.IsWaiting(asked, asked.Task(new("b"))));
        Assert.False(FileRequestRules.IsOver(asked, new("b"), new("src/a.cs")));
        Assert.True(FileRequestRules.IsOver(asked.Worked("a"), new("b"), new("src/a.cs")));
    }

    [Fact]
    public void FileRequested_WaitOver_TakesThePlaceOfTheWaiting()
    {
        var state = Ask(Ask(AtWork, "b", "src/a.cs").Worked("a"), "b", "src/a.cs");

        Assert.Equal([new FileRequest(new("src/a.cs"), "why", FileDecision.Granted, new TaskId("a"))], state.Task(new("b")).Requests);
    }

    [Fact]
    public void FileRequested_FileToCreate_IsTheNewOwnersToCreate()
    {
        var state = Ask(AtWork.Worked("a"), "b", "src/a.cs");

        Assert.Equal([[], [new RepoPath("src/b.cs")]], new[] { "a", "b" }.Select(id => state.Task(new(id)).ToCreate));
    }

    [Fact]
    public void Decide_AnyRequestsInAnyOrder_LanesNeverOverlapAndNoWaitIsCircular()
    {
        var ids = Plan.Tasks.Select(task => task.Id).ToArray();
        var paths = new[] { "src/a.cs", "SRC/B.cs", "src/c.cs", "src/d.cs", "docs/x.md", "docs/y.md", "src/free.cs", "src/Free.cs" };
        // Somebody asks for a path, or an agent begins or ends.
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, ids.Length - 1], Gen.Int[0, paths.Length - 1]).Array[1, 25].Sample(moves =>
        {
            var state = moves.Aggregate(Prepared, (now, move) => Moved(now, move.Item1, ids[move.Item2], paths[move.Item3]));

            var tasks = state.Tasks;
            Assert.All(paths.Select(path => new RepoPath(path)), path => Assert.True(tasks.Count(task => task.Lane.Includes(path)) <= 1, $"{path}: {string.Join(" | ", tasks.Select(task => task.Lane))}"));
            Assert.All(ids, id => Assert.DoesNotContain(id, WorkOrder.AwaitedBy(state, id)));
            Assert.Equal(ids.Length, WorkOrder.Ordered(state).Distinct().Count());
        });
    }

    private static RunState Moved(RunState state, int kind, TaskId id, string path)
    {
        var task = state.Task(id);
        var isWaiting = FileRequestRules.IsWaiting(state, task);
        return kind switch
        {
            0 when DispatchStarts(state, task) => state.After(new StepBegun(Some.Attempt(id.Value, task.Order!.Attempt))),
            1 when state.IsRunning(task) && !isWaiting => Ended(state, task),
            _ when state.IsRunning(task) && !task.Lane.Includes(new(path)) && !isWaiting => Ask(state, id.Value, path),
            _ when isWaiting && task.Requests[^1] is var request && FileRequestRules.IsOver(state, id, request.Path) => Ask(state, id.Value, request.Path.Value),
            _ => state,
        };
    }

    private static bool DispatchStarts(RunState state, TaskState task) =>
        RunDecider.Next(state).OfType<RunStep.Attempt>().Any(step => step.Task == task.Id);

    private static RunState Ended(RunState state, TaskState task)
    {
        var step = Some.Attempt(task.Id.Value, task.Order!.Attempt);
        return state.After(
            new TurnAnswered(task.Id, task.Order.Attempt, task.Turns.Count + 1, [Some.Finish()], AnswerStop.ToolUse, Some.Call()),
            new TurnActed(task.Id, task.Turns.Count + 1, [], ChangeSet.Empty),
            new AttemptEnded(task.Id, task.Order.Attempt, new AttemptOutcome.Completed(new("Wrote it", null))),
            new TaskReported(Some.Report(task.Id.Value)),
            new StepEnded(step));
    }

    private static RunState Ask(RunState state, string id, string path)
    {
        var verdict = FileRequestRules.Decide(state, new(id), new(path));
        return state.After(new FileRequested(new(id), new(path), "why") { Decision = verdict.Decision, Owner = verdict.Owner });
    }
}
