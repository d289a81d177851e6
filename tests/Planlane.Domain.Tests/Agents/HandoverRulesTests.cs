using Planlane.Reports;
using Planlane.Requests;
using Planlane.Scheduling;

namespace Planlane.Agents;

public sealed class HandoverRulesTests
{
    private static readonly Feedback Wrong = new(FeedbackKind.Check, "It broke.");

    private static TaskState Task { get; } = TaskState.Planned(Some.Task("a"), new("Haiku-1")) with { Changes = Some.Changes("src/a.cs") };

    [Fact]
    public void IsAfresh_PlannersModelTakesOver_BeginsWithWhatTheOtherLeft()
    {
        var escalated = Task.WithOrder(AttemptReason.Escalation, Wrong);

        Assert.True(HandoverRules.IsAfresh(escalated, Some.Settings));
        Assert.Equal(Task.Changes, escalated.Handed);
        // What it changes itself does not change what it was given.
        Assert.Equal(Task.Changes, (escalated with { Changes = Some.Changes("src/a.cs", "src/b.cs") }).Handed);
    }

    [Fact]
    public void IsAfresh_AnyOtherAttempt_GoesOnWithTheConversation()
    {
        var escalated = Task.WithOrder(AttemptReason.Escalation, Wrong);

        Assert.False(HandoverRules.IsAfresh(Task, Some.Settings));
        Assert.False(HandoverRules.IsAfresh(escalated.WithOrder(AttemptReason.Repair, Wrong), Some.Settings));
        Assert.False(HandoverRules.IsAfresh(escalated, Some.Settings with { Mode = RunMode.Single }));
        Assert.False(HandoverRules.IsAfresh(escalated with { Task = escalated.Task with { Model = Some.Sonnet.Id } }, Some.Settings));
    }

    [Fact]
    public void WithOrder_Escalation_KeepsTheLaneOfThatMoment()
    {
        var granted = Task with { Lane = Task.Lane.With(new("src/b.cs")) };
        var escalated = granted.WithOrder(AttemptReason.Escalation, Wrong);

        Assert.Equal(granted.Lane, (escalated with { Lane = granted.Lane.With(new("src/c.cs")) }).HandedLane);
        Assert.Null(escalated.WithOrder(AttemptReason.Changes, Wrong).HandedLane);
    }

    [Fact]
    public void Said_AttemptsBefore_AreTheUsersWordsAndTheChecksOfTheOneThatIsHandedOver()
    {
        var task = Task with
        {
            Turns =
            [
                Of(1, 1, null), Of(2, 1, new(FeedbackKind.Check, "first own check")),
                Of(3, 2, new(FeedbackKind.Review, "in French")), Of(4, 2, new(FeedbackKind.Loop, "loops")),
                Of(5, 3, new(FeedbackKind.Check, "the whole")), Of(6, 3, new(FeedbackKind.Check, "own check")), Of(7, 3, new(FeedbackKind.Check, "last own check")), Of(8, 3, new(FeedbackKind.Incomplete, "finish")),
            ],
        };
        var escalated = task.WithOrder(AttemptReason.Escalation, new(FeedbackKind.Incomplete, "It reached its limit."));

        Assert.Equal(["in French", "the whole", "last own check"], SaidTo(escalated));
        // The same when it has answered and is told more.
        Assert.Equal(SaidTo(escalated), SaidTo(escalated with { Turns = escalated.Turns.Add(Of(9, 4, escalated.Prompt)), Prompt = Wrong }));
        // What it is told anyway is not told twice, and a newer check of the whole takes the place of the older ones.
        Assert.Equal(["in French", "the whole"], SaidTo(task.WithOrder(AttemptReason.Escalation, new(FeedbackKind.Incomplete, "last own check\nMend it."))));
        Assert.Equal(["in French"], SaidTo(task.WithOrder(AttemptReason.Escalation, Wrong)));
        Assert.Empty(SaidTo(Task.WithOrder(AttemptReason.Escalation, Wrong)));
    }

    [Fact]
    public void Answer_OfATaskThatBeginsAfresh_IsNoUseOfTheSharedPrefix()
    {
        var handed = Some.Prepared(Some.Plan(Some.Task("a")), sharedTokens: 5_000).After(new PrefixWarmed(Some.Sonnet.Id)).Worked("a", TaskReportState.Incomplete);
        var answer = new TurnAnswered(new("a"), 2, 2, [Some.Finish()], AnswerStop.ToolUse, Some.Call() with { Model = Some.Sonnet.Id });
        var own = Some.Settings with { Mode = RunMode.Single };

        Assert.True(HandoverRules.IsAfresh(handed.Task(new("a")), handed.Settings));
        Assert.Equal(handed.PrefixUses, handed.Later(TimeSpan.FromMinutes(1), answer).PrefixUses);
        Assert.NotEqual(handed.PrefixUses, (handed with { Settings = own }).Later(TimeSpan.FromMinutes(1), answer).PrefixUses);
    }

    private static Turn Of(int number, int attempt, Feedback? prompted) => Some.Turn(number, AnswerStop.ToolUse, [], [], attempt) with { Prompted = prompted };

    private static IEnumerable<string> SaidTo(TaskState task) => HandoverRules.Said(task).Select(said => said.Text);
}
