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
        var old = Enumerable.Range(1, 4).Select(number => Some.Turn(number, AnswerStop.ToolUse, [Write], [Done])).ToArray();

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
        var turns = Enumerable.Range(1, 4).Select(number => Some.Turn(number, AnswerStop.ToolUse, [Write], [Done])).ToArray();
        var limit = new AgentMove.End(new AttemptOutcome.Incomplete("The attempt reached its limit of 4 turns.", null));

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
        (number, prompted) => Some.Turn(number, AnswerStop.MaxTokens, [Text, Some.Finish()], [], prompted: prompted));

    [Fact]
    public void Next_EndWithoutFinish_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "You ended your turn without calling finish. Complete the task, then call finish.",
        null,
        (number, prompted) => Some.Turn(number, AnswerStop.EndTurn, [Text], [], prompted: prompted));

    [Fact]
    public void Next_FinishBesideARefusedCall_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "A call of the same turn was refused, so the task is not done: outside your lane",
        Words,
        (number, prompted) => Some.Turn(number, AnswerStop.ToolUse, [Write, Some.Finish()], [new("c1", "outside your lane", true)], prompted: prompted));

    [Fact]
    public void Next_FinishWithoutAFileToCreate_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Incomplete,
        "The task owns src/a.cs, src/b.cs, which do not exist. Write them, then call finish again.",
        Words,
        (number, prompted) => Some.Turn(number, AnswerStop.ToolUse, [Some.Finish()], [], prompted: prompted),
        task => task with { ToCreate = [new("src/a.cs"), new("src/b.cs"), new("src/c.cs")], Changes = Some.Changes("src/c.cs") });

    [Fact]
    public void Next_FinishWithAFailedCheck_SaysSoTwiceAndGivesUp() => NudgesTwice(
        FeedbackKind.Check,
        "The check 'build' (dotnet build) failed with exit code 1:\nsrc/a.cs(1,1): error",
        Words,
        (number, prompted) => Some.Turn(number, AnswerStop.ToolUse, [Some.Finish()], [], prompted: prompted),
        task => task with { Task = task.Task with { Check = "dotnet build" }, Check = new(task.Turns[^1].Number, Some.Check(1, "src/a.cs")) });

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
        Assert.Equal(Completed(Words), Next(Task(Turned(AnswerStop.ToolUse, [Write, Some.Finish()], [Done])) with { ToCreate = [new("src/a.cs")], Changes = Some.Changes("src/a.cs") }));
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
    public void Turn_AnswerCutOff_LeavesOutItsLastCall()
    {
        ValueList<AnswerBlock> answer = [Write, Some.Finish()];

        Assert.Equal([Write], Turned(AnswerStop.MaxTokens, answer, null).ToolCalls);
        Assert.Null(Turned(AnswerStop.ContextExceeded, answer, null).Finish);
        Assert.Equal(Some.Finish(), Turned(AnswerStop.ToolUse, answer, null).Finish);
    }

    private static void NudgesTwice(FeedbackKind kind, string text, AgentWords? words, Func<int, FeedbackKind?, Turn> turn, Func<TaskState, TaskState>? change = null)
    {
        change ??= task => task;
        Turn[] turns = [turn(1, null), turn(2, kind), turn(3, kind)];

        Assert.Equal(new AgentMove.Say(new Feedback(kind, text)), Next(change(Task(turns[..1]))));
        Assert.Equal(new AgentMove.Say(new Feedback(kind, text)), Next(change(Task(turns[..2]))));
        Assert.Equal(new AgentMove.End(new AttemptOutcome.Incomplete(text, words)), Next(change(Task(turns))));
    }

    private static TaskState Task(params Turn[] turns) => TaskState.Planned(Some.Task("a"), new("Haiku-1")) with { Turns = turns.ToValueList() };

    private static Turn Turned(AnswerStop stop, ValueList<AnswerBlock> answer, ValueList<ToolResult>? results) => Some.Turn(1, stop, answer, results);

    private static AgentMove.End Completed(AgentWords words) => new(new AttemptOutcome.Completed(words));

    private static AgentMove.End Failed(string reason) => new(new AttemptOutcome.Failed(reason));

    private static AgentMove Next(TaskState task) => AgentRules.Next(task, Settings);
}
