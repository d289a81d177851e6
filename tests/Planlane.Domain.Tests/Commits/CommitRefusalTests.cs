using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Commits;

/// <summary>What follows when a hook refuses a commit.</summary>
public sealed class CommitRefusalTests
{
    private static readonly CommitRefusal Refusal = new("pre-commit", new("Haiku-2"), new("docs"), "docs.md:1: too long");

    private static readonly RunState Halted = Some.Prepared(Some.Plan(Some.Task("types"), Some.Task("docs"))).Worked("types").Worked("docs").After(
        new WorkCombined(Some.Work(1, ["types", "docs"], Some.Check())),
        new ReviewDecided(new ReviewDecision.Approved([]), "user"),
        new CommitRefused(Refusal),
        new StepFailed(new RunStep.Land().Id, FaultKind.ChecksFailed, "Refused.", null));

    [Fact]
    public void Resumed_WithAReview_TakesTheYesBackAndKeepsWhatTheHookSaid()
    {
        var state = Halted.After(new RunResumed(Budget: null) { Review = true });

        Assert.Equal((RunWait.ReviewDecision, Refusal, null), (state.Waiting, state.Refusal, state.ApprovedChanges));
        Assert.Equal(Halted.Work, state.Work);
        // Also in another process, until somebody decides.
        Assert.Equal(Refusal, state.After(new RunResumed(Budget: null)).Refusal);
    }

    [Fact]
    public void Resumed_WithoutAReview_TriesAgain()
    {
        var state = Halted.After(new RunResumed(Budget: null));

        Assert.Equal([new RunStep.Land()], RunDecider.Next(state));
        Assert.Null(state.Refusal);
    }

    [Fact]
    public void Comment_SentBack_IsForThatAgentAlone()
    {
        var comment = Refusal.Comment!;
        Assert.Equal(new ReviewComment(new("docs"), "The repository's pre-commit hook refuses the commit of your work. It says:\ndocs.md:1: too long"), comment);

        var state = Halted.After(new RunResumed(Budget: null) { Review = true }, new ReviewDecided(new ReviewDecision.ChangesRequested([comment]), "user"));

        Assert.Equal([new RunStep.Attempt(new("docs"), 2)], RunDecider.Next(state));
        Assert.Contains("docs.md:1: too long", state.Task(new("docs")).Prompt?.Text, StringComparison.Ordinal);
        Assert.Null(state.Refusal);
    }

    [Theory]
    [InlineData("commit-msg", "docs")]
    [InlineData("pre-commit", null)]
    public void Comment_NothingThatAnAgentCouldMend_IsNone(string hook, string? task) =>
        Assert.Null((Refusal with { Hook = hook, Task = task is null ? null : new(task) }).Comment);
}
