using Planlane.Reports;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Agents;

public sealed class AgentRulesTests
{
    private static readonly AgentWords Words = new("Wrote it", "Look at it");
    private static readonly AnswerBlock.Text Text = new("I write it.");
    private static readonly AnswerBlock.ToolCall Write = new("c1", "write_file", """{"path":"src/a.cs"}""");
    private static readonly ToolResult Done = new("c1", "ok", false);
    private static readonly RunSettings Settings = Some.Settings with { MaxTurns = 4 };

    [Fact]
    public void Next_NothingHappened_AsksTheModel() => Assert.Equal(new AgentMove.Ask(), Next(Task()));

    [Fact]
    public void Next_AttemptEnded_CollectsTheReport() =>
        Assert.Equal(new AgentMove.Report(), Next(Task(Turned(AnswerStop.EndTurn, [Text], null)) with { Outcome = new AttemptOutcome.Failed("It broke.") }));

    [Fact]
    public void Next_WordsAreWaiting_AsksTheModel() => Assert.Equal(
        new AgentMove.Ask(),
        Next(Task(Turned(AnswerStop.EndTurn, [Text], [])) with { Prompt = new(FeedbackKind.Incomplete, "Go on.") }));

    [Fact]
    public void Next_NewAttempt_AsksTheModelAndCountsItsOwnTurns()
    {
        var old = Enumerable.Range(1, 4).Select(number => Some.Turn(number, AnswerStop.ToolUse, [WriteOf(number)], [Done])).ToArray();

        Assert.Equal(new AgentMove.Ask(), Next(Task(old) with { Order = new(2, AttemptReason.Repair) }));
        Assert.IsType<AgentMove.End>(Next(Task(old)));
    }

    [Fact]
    public void Next_Refusal_EndsTheAttempt() =>
        Assert.Equal(Failed("The model refused the task."), Next(Task(Turned(AnswerStop.Refusal, [Text], null))));

    [Fact]
    public void Next_CallsThatHaveNotRun_RunsThem()
    {
        var turn = Turned(AnswerStop.ToolUse, [Write], null);

        Assert.Equal(new AgentMove.Act(turn), Next(Task(turn)));
    }

    [Fact]
    public void Next_CallsThatHaveRun_AsksTheModel() => Assert.Equal(new AgentMove.Ask(), Next(Task(Turned(AnswerStop.ToolUse, [Write], [Done]))));

    [Fact]
    public void Next_PausedTurn_AsksTheModel() => Assert.Equal(new AgentMove.Ask(), Next(Task(Turned(AnswerStop.Paused, [Text], []))));

    [Fact]
    public void Next_LimitOfTurns_EndsTheAttempt()
    {
        var turns = Enumerable.Range(1, 4).Select(number => Some.Turn(number, AnswerStop.ToolUse, [WriteOf(number)], [Done])).ToArray();
        var limit = new AgentMove.End(new AttemptOutcome.Incomplete("The attempt reached its limit of 4 turns.", null) { Failure = FailureClass.Limit });

        Assert.Equal(limit, Next(Task(turns)));
        Assert.Equal(limit, Next(Task(turns) with { Prompt = new(FeedbackKind.Check, "It fails.") }));
        Assert.Equal(new AgentMove.Ask(), Next(Task(turns[..3])));
    }

    [Fact]
    public void Next_FullContext_EndsTheAttempt() =>
        Assert.Equal(Failed("The task no longer fits the model's context."), Next(Task(Turned(AnswerStop.ContextExceeded, [Text], []))));

    [Fact]
    public void Next_AnswerCutOff_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "Your answer was cut off at its most output tokens; the last tool call was not run. Go on with less at once, then call finish.",
        null,
        FailureClass.Limit,
        (number, prompted) => Some.Turn(number, AnswerStop.MaxTokens, [Text, Some.Finish()], [], prompted: prompted));

    [Fact]
    public void Next_EndWithoutFinish_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "You ended your turn without calling finish. Complete the task, then call finish.",
        null,
        FailureClass.Other,
        (number, prompted) => Some.Turn(number, AnswerStop.EndTurn, [Text], [], prompted: prompted));

    [Fact]
    public void Next_ClaimOfSuccessWithoutAToolCall_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "You say that the work is done, but you have called no tool, so nothing was written. Do the work with the tools, then call finish.",
        null,
        FailureClass.UnfoundedClaim,
        (number, prompted) => Some.Turn(number, AnswerStop.EndTurn, [new AnswerBlock.Text("I have implemented the feature.")], [], prompted: prompted));

    [Fact]
    public void Next_FinishWithoutAnyChange_SaysSoOnceAndGivesUp()
    {
        const string Told = "You say that the task is done, but no file differs from what you were given. Do the work with the tools, then call finish again.";
        var turns = new[] { Turned(AnswerStop.ToolUse, [Some.Finish()], []), Some.Turn(2, AnswerStop.ToolUse, [Some.Finish()], [], prompted: FeedbackKind.NoChange) };
        TaskState Unchanged(params Turn[] some) => Task(some) with { Changes = ChangeSet.Empty };

        Assert.Equal(new AgentMove.Say(new(FeedbackKind.NoChange, Told)), Next(Unchanged(turns[0])));
        Assert.Equal(new AgentMove.End(new AttemptOutcome.Incomplete(Told, Words) { Failure = FailureClass.NoChange }), Next(Unchanged(turns)));
        Assert.Equal(Completed(Words), AgentRules.Next(Unchanged(turns[0]), Settings with { Mode = RunMode.Single }));
    }

    [Fact]
    public void Next_TheSameCallsWithTheSameResults_SaysSoOnceAndGivesUp()
    {
        var same = Enumerable.Range(1, 4).Select(number => Some.Turn(number, AnswerStop.ToolUse, [Write with { Id = $"c{number}" }], [Done with { CallId = $"c{number}" }], prompted: number == 4 ? FeedbackKind.Loop : null)).ToArray();
        var settings = Settings with { MaxTurns = 9 };

        Assert.Equal(new AgentMove.Ask(), AgentRules.Next(Task(same[..2]), settings));
        Assert.Equal(FeedbackKind.Loop, Assert.IsType<AgentMove.Say>(AgentRules.Next(Task(same[..3]), settings)).Feedback.Kind);
        Assert.Equal(FailureClass.Loop, FailureOf(AgentRules.Next(Task(same), settings)));
        Assert.Equal(new AgentMove.Ask(), AgentRules.Next(Task([.. same[..2], Some.Turn(3, AnswerStop.ToolUse, [Write], [new("c1", "changed meanwhile", true)])]), settings));
        Assert.Equal(new AgentMove.Ask(), AgentRules.Next(Task([.. same[..2], Some.Turn(3, AnswerStop.ToolUse, [WriteOf(3)], [Done])]), settings));
    }

    [Fact]
    public void Next_FinishAfterChangedCSharp_CompilesItBeforeTheCheck()
    {
        var turn = Turned(AnswerStop.ToolUse, [Some.Finish()], []);
        var task = Task(turn) with { Task = Some.Task("a", check: "dotnet test"), Changes = Some.Changes("src/a.cs") };
        var broken = new CheckResult(CheckResult.Compile, "in process", 1, null, 0, "", [new(new("src/a.cs"), "src/a.cs(1,2): error CS1002: ; expected")]);

        Assert.Equal(new AgentMove.Compile(turn), Next(task));
        Assert.Equal(new AgentMove.Compile(turn), Next(task with { Compiled = new(0, broken) }));
        Assert.Contains("CS1002", Assert.IsType<AgentMove.Say>(Next(task with { Compiled = new(1, broken) })).Feedback.Text, StringComparison.Ordinal);
        Assert.Equal(new AgentMove.Check(turn, "dotnet test"), Next(task with { Compiled = new(1, broken with { ExitCode = 0 }) }));
    }

    [Fact]
    public void Next_CheckThatLacksSomethingOfTheMachine_EndsTheAttemptWithAHint()
    {
        var check = new CheckResult("a", "npm test", 127, null, 1, "sh: 1: jest: not found\n", []);
        var task = Task(Turned(AnswerStop.ToolUse, [Some.Finish()], [])) with { Task = Some.Task("a", check: "npm test"), Check = new(1, check) };

        var end = Assert.IsType<AttemptOutcome.Incomplete>(Assert.IsType<AgentMove.End>(Next(task)).Outcome);

        Assert.Equal((FailureClass.Environment, "A program that it needs is not installed here (sh: 1: jest: not found): install it, or give the plan another check."), (end.Failure, end.Hint));
    }

    [Fact]
    public void Next_CheckKilledAtItsLimit_GoesBackOnce()
    {
        var check = new CheckResult("a", "npm test", -1, null, 600, "", []) { End = CommandEnd.TimedOut };
        TaskState Checked(params Turn[] turns) => Task(turns) with { Task = Some.Task("a", check: "npm test"), Check = new(turns.Length, check) };
        var turns = new[] { Turned(AnswerStop.ToolUse, [Some.Finish()], []), Some.Turn(2, AnswerStop.ToolUse, [Some.Finish()], [], prompted: FeedbackKind.Check) };

        Assert.IsType<AgentMove.Say>(Next(Checked(turns[0])));
        Assert.Equal(FailureClass.TimeLimit, FailureOf(Next(Checked(turns))));
    }

    [Fact]
    public void Next_FinishBesideARefusedCall_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "A call of the same turn was refused, so the task is not done: outside your lane",
        Words,
        FailureClass.Criterion,
        (number, prompted) => Some.Turn(number, AnswerStop.ToolUse, [Write, Some.Finish()], [new("c1", "outside your lane", true)], prompted: prompted));

    [Fact]
    public void Next_FinishWithoutAFileToCreate_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "The task owns src/a.cs, src/b.cs, which do not exist. Write them, then call finish again.",
        Words,
        FailureClass.Criterion,
        (number, prompted) => Some.Turn(number, AnswerStop.ToolUse, [Some.Finish()], [], prompted: prompted),
        task => task with { ToCreate = [new("src/a.cs"), new("src/b.cs"), new("src/c.cs")], Changes = Some.Changes("src/c.cs") });

    [Fact]
    public void Next_FinishWithAFailedCheck_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Check,
        "The check 'build' (dotnet build) failed with exit code 1:\nsrc/a.cs(1,1): error",
        Words,
        FailureClass.Command,
        (number, prompted) => Some.Turn(number, AnswerStop.ToolUse, [Some.Finish()], [], prompted: prompted),
        task => task with { Task = task.Task with { Check = "dotnet build" }, Check = new(task.Turns[^1].Number, Some.Check(1, "src/a.cs")) });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    [InlineData(int.MaxValue, 6)]
    public void Next_FailedCheck_GoesBackAsOftenAsTheSettingsSay(int repairs, int turns)
    {
        Turn[] all = [.. Enumerable.Range(1, turns).Select(number => Some.Turn(number, AnswerStop.ToolUse, [Some.Finish()], [], prompted: number == 1 ? null : FeedbackKind.Check))];
        AgentMove After(Turn[] taken) => AgentRules.Next(
            Task(taken) with { Task = Some.Task("a", check: "dotnet build"), Check = new(taken.Length, Some.Check(1, "src/a.cs")) }, Some.Settings with { MaxRepairs = repairs });

        Assert.All(Enumerable.Range(1, turns - 1), taken => Assert.IsType<AgentMove.Say>(After(all[..taken])));
        if (repairs == int.MaxValue)
            Assert.IsType<AgentMove.Say>(After(all));
        else
            Assert.Equal(FailureClass.Command, FailureOf(After(all)));
    }

    [Fact]
    public void Next_NudgesOfAnotherKind_AreCountedApart()
    {
        var turns = new[]
        {
            Some.Turn(1, AnswerStop.EndTurn, [Text], []),
            Some.Turn(2, AnswerStop.EndTurn, [Text], [], prompted: FeedbackKind.Incomplete),
            Some.Turn(3, AnswerStop.ToolUse, [Some.Finish()], [], prompted: FeedbackKind.Incomplete),
        };

        var move = Next(Task(turns) with { Task = Some.Task("a", check: "dotnet build"), Check = new(3, Some.Check(1)) });

        Assert.Equal(FeedbackKind.Check, Assert.IsType<AgentMove.Say>(move).Feedback.Kind);
    }

    [Fact]
    public void Next_Finish_CompletesTheTask()
    {
        Assert.Equal(Completed(Words), Next(Task(Turned(AnswerStop.ToolUse, [Some.Finish()], []))));
        Assert.Equal(Completed(Words), Next(Task(Turned(AnswerStop.ToolUse, [Write, Some.Finish()], [Done])) with { ToCreate = [new("src/a.md")], Changes = Some.Changes("src/a.md") }));
    }

    [Fact]
    public void Next_FinishOfATaskWithACheck_RunsItOncePerTurn()
    {
        var turn = Some.Turn(2, AnswerStop.ToolUse, [Some.Finish()], []);
        var task = Task(turn) with { Task = Some.Task("a", check: "dotnet build") };

        Assert.Equal(new AgentMove.Check(turn, "dotnet build"), Next(task));
        Assert.Equal(new AgentMove.Check(turn, "dotnet build"), Next(task with { Check = new(1, Some.Check()) }));
        Assert.Equal(Completed(Words), Next(task with { Check = new(2, Some.Check()) }));
    }

    [Fact]
    public void Next_FinishThatSaysBlocked_EndsTheAttemptWhateverElseIsMissing()
    {
        var blocked = Some.Finish("""{"status":"blocked","work":"Needs the schema"}""");

        Assert.Equal(
            new AgentMove.End(new AttemptOutcome.Blocked(new("Needs the schema", null))),
            Next(Task(Turned(AnswerStop.ToolUse, [blocked], [])) with { ToCreate = [new("src/a.cs")] }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"work":3}""")]
    [InlineData("""{"work":"cut o""")]
    public void Next_FinishWithoutReadableWords_CompletesWithEmptyOnes(string input) =>
        Assert.Equal(Completed(new("", null)), Next(Task(Turned(AnswerStop.ToolUse, [Some.Finish(input)], []))));

    [Fact]
    public void Next_FinishAgainWithStatusAlone_StandsByWhatWasSaidBefore() => Assert.Equal(
        Completed(Words),
        Next(Task(Turned(AnswerStop.ToolUse, [Some.Finish()], []), Some.Turn(2, AnswerStop.ToolUse, [Some.Finish("""{"status":"complete"}""")], [], prompted: FeedbackKind.Check))));

    [Fact]
    public void Next_FinishAfterOneThatWasBlocked_TakesNoWordsOfIt() => Assert.Equal(
        Completed(new("", null)),
        Next(Task(Turned(AnswerStop.ToolUse, [Some.Finish("""{"status":"blocked","work":"Not without X","notes":"Needs X"}""")], []), Some.Turn(2, AnswerStop.ToolUse, [Some.Finish("""{"status":"complete"}""")], []))));

    [Fact]
    public void Next_BlockedAfterItWasComplete_HasItsOwnWordsAlone() => Assert.Equal(
        new AgentMove.End(new AttemptOutcome.Blocked(new("", null))),
        Next(Task(Turned(AnswerStop.ToolUse, [Some.Finish()], []), Some.Turn(2, AnswerStop.ToolUse, [Some.Finish("""{"status":"blocked"}""")], [], prompted: FeedbackKind.Check))));

    [Fact]
    public void Finishes_TaskThatWasTakenOver_AreThoseOfItsOwnConversation()
    {
        var task = Task(Turned(AnswerStop.ToolUse, [Some.Finish()], []));

        Assert.Single(AgentRules.Finishes(task.WithOrder(AttemptReason.Repair, new(FeedbackKind.Check, "It broke."))));
        Assert.Empty(AgentRules.Finishes(task.WithOrder(AttemptReason.Escalation, new(FeedbackKind.Check, "It broke."))));
    }

    [Fact]
    public void Turn_AnswerCutOff_LeavesOutItsLastCall()
    {
        ValueList<AnswerBlock> answer = [Write, Some.Finish()];

        Assert.Equal([Write], Turned(AnswerStop.MaxTokens, answer, null).ToolCalls);
        Assert.Null(Turned(AnswerStop.ContextExceeded, answer, null).Finish);
        Assert.Equal(Some.Finish(), Turned(AnswerStop.ToolUse, answer, null).Finish);
    }

    private static void NudgesTwice(FeedbackKind kind, string text, AgentWords? words, FailureClass failure, Func<int, FeedbackKind?, Turn> turn, Func<TaskState, TaskState>? change = null)
    {
        change ??= task => task;
        Turn[] turns = [turn(1, null), turn(2, kind), turn(3, kind)];

        Assert.Equal(new AgentMove.Say(new Feedback(kind, text)), Next(change(Task(turns[..1]))));
        Assert.Equal(new AgentMove.Say(new Feedback(kind, text)), Next(change(Task(turns[..2]))));
        Assert.Equal(new AgentMove.End(new AttemptOutcome.Incomplete(text, words) { Failure = failure }), Next(change(Task(turns))));
    }

    private static FailureClass FailureOf(AgentMove move) => Assert.IsType<AttemptOutcome.Incomplete>(Assert.IsType<AgentMove.End>(move).Outcome).Failure;

    private static AnswerBlock.ToolCall WriteOf(int number) => new("c1", "write_file", $$"""{"path":"src/{{number}}.cs"}""");

    private static TaskState Task(params Turn[] turns) => TaskState.Planned(Some.Task("a"), new("Haiku-1")) with { Turns = turns.ToValueList(), Changes = Some.Changes("docs/a.md") };

    private static Turn Turned(AnswerStop stop, ValueList<AnswerBlock> answer, ValueList<ToolResult>? results) => Some.Turn(1, stop, answer, results);

    private static AgentMove.End Completed(AgentWords words) => new(new AttemptOutcome.Completed(words));

    private static AgentMove.End Failed(string reason) => new(new AttemptOutcome.Failed(reason));

    private static AgentMove Next(TaskState task) => AgentRules.Next(task, Settings);
}
