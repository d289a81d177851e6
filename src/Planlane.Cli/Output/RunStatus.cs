using Planlane.Runs;

namespace Planlane.Cli.Output;

/// <summary>How a run stands, in a word.</summary>
/// <param name="Name">The word of the JSON; never changes.</param>
/// <param name="Words">The words for people.</param>
internal sealed record RunStatus(string Name, string Words)
{
    public static RunStatus Of(RunState state) => state switch
    {
        { IsUndone: true } => new("undone", "taken back"),
        { End.Outcome: RunOutcome.Completed } => new("completed", "complete"),
        { End.Outcome: RunOutcome.CompletedInPart } => new("completedInPart", "complete in part"),
        { End.Outcome: RunOutcome.Planned } => new("planned", "planned"),
        { End.Outcome: RunOutcome.Rejected } => new("rejected", "rejected"),
        { End.Outcome: RunOutcome.Unsuitable } => new("unsuitable", "not suitable"),
        { End: not null } => new("failed", "failed"),
        _ when RunDecider.StandsStill(state) is not null => new("halted", "stands still"),
        { Waiting: RunWait.PlanDecision } => new("waitsForPlan", "waits: plan"),
        { Waiting: RunWait.ReviewDecision } => new("waitsForReview", "waits: review"),
        _ => new("unfinished", "unfinished"),
    };

    /// <summary>The command that goes on with a run, or null when there is nothing to go on with.</summary>
    public static string? NextCommand(RunState state) => state switch
    {
        { End: null } when RunDecider.StandsStill(state) is { Kind: FaultKind.Budget } halt => $"planlane resume {state.Id} {CapOf(halt)} AMOUNT",
        { End: null, Waiting: RunWait.ReviewDecision } => $"planlane review {state.Id}",
        { End: null } => $"planlane resume {state.Id}",
        { Receipt: not null, IsUndone: false } => $"planlane undo {state.Id}",
        _ => null,
    };

    // Which cap it was stands in the halt's own hint, as the journal keeps it.
    private static string CapOf(RunHalt halt) =>
        new[] { "--budget-day", "--budget-repository" }.FirstOrDefault(option => halt.Hint?.Contains(option, StringComparison.Ordinal) is true) ?? "--budget";
}
