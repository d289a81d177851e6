using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Output;

/// <summary>How a run stands, in a word.</summary>
/// <param name="Name">The word of the JSON; never changes.</param>
/// <param name="Words">The words for people.</param>
internal sealed record RunStatus(string Name, string Words)
{
    public static RunStatus Of(RunState state) => Of(RunOverview.Of(state));

    public static RunStatus Of(RunOverview run) => run switch
    {
        { IsUndone: true } => new("undone", "taken back"),
        { End.Outcome: RunOutcome.Completed } => new("completed", "complete"),
        { End.Outcome: RunOutcome.CompletedInPart } => new("completedInPart", "complete in part"),
        { End.Outcome: RunOutcome.Planned } => new("planned", "planned"),
        { End.Outcome: RunOutcome.Rejected } => new("rejected", "rejected"),
        { End.Outcome: RunOutcome.Unsuitable } => new("unsuitable", "not suitable"),
        { End: not null } => new("failed", "failed"),
        { Halt: not null } => new("halted", "stands still"),
        { Waiting: RunWait.PlanDecision } => new("waitsForPlan", "waits: plan"),
        { Waiting: RunWait.ReviewDecision } => new("waitsForReview", "waits: review"),
        _ => new("unfinished", "unfinished"),
    };

    /// <summary>The command that goes on with a run, or null when there is nothing to go on with.</summary>
    public static string? NextCommand(RunState state) => NextCommand(RunOverview.Of(state));

    /// <summary>The same of a run in a list.</summary>
    public static string? NextCommand(RunOverview run) => run switch
    {
        { End: null, Halt: { Kind: FaultKind.Budget } halt } => $"planlane resume {run.Id} {CapOf(halt)} AMOUNT",
        { End: null, Waiting: RunWait.ReviewDecision } => $"planlane review {run.Id}",
        { End: null } => $"planlane resume {run.Id}",
        { HasLanded: true, IsUndone: false } => $"planlane undo {run.Id}",
        _ => null,
    };

    // Which cap it was stands in the halt's own hint, as the journal keeps it.
    private static string CapOf(RunHalt halt) =>
        new[] { "--budget-day", "--budget-repository" }.FirstOrDefault(option => halt.Hint?.Contains(option, StringComparison.Ordinal) is true) ?? "--budget";
}
