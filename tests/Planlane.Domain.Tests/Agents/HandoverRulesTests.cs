using Planlane.Requests;

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
        // A journal of before: the attempt began with the whole conversation.
        Assert.False(HandoverRules.IsAfresh(escalated with { Handed = null }, Some.Settings));
    }
}
