using Planlane.Runs;

namespace Planlane.Commits;

/// <summary>All commits were made and the branch moved; ends the run.</summary>
/// <param name="Receipt">What was landed.</param>
[WireName("changes.landed")]
public sealed record ChangesLanded(CommitReceipt Receipt) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with
    {
        Receipt = Receipt,
        End = state.ApprovedChanges!.Work.Included.Count != state.Tasks.Count
            ? new RunEnd(RunOutcome.CompletedInPart, "Some tasks were left out or not completed.")
            : state.LeftOutParts.Count > 0
                ? new RunEnd(RunOutcome.CompletedInPart, "Some files, or parts of them, were left out.")
                : new RunEnd(RunOutcome.Completed, null),
    };
}

/// <summary>A landed run was taken back.</summary>
[WireName("run.undone")]
public sealed record RunUndone : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { IsUndone = true };
}
