using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>The work was put on another commit. It is combined and checked again, and reviewed again where the user's commits and the run changed the same file.</summary>
/// <param name="Base">What it stands on now.</param>
/// <param name="BirthTree">That base with the contracts.</param>
/// <param name="Tasks">The changes of every task that has any, against what is below them now.</param>
/// <param name="ChangedByBoth">Files that differ from what was approved, because the other side had changed them too.</param>
[WireName("landing.rebased")]
public sealed record LandingRebased(RunBase Base, ObjectId BirthTree, ValueList<RebasedChanges> Tasks, ValueList<RepoPath> ChangedByBoth) : RunEvent
{
    /// <summary>The commit or branch that the user named; null for HEAD.</summary>
    public string? Onto { get; init; }

    /// <summary>Whether its branch is one that is not checked out.</summary>
    public bool MovesRefAlone { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var changes = Tasks.ToDictionary(task => task.Task, task => task.Changes);
        return state with
        {
            Base = Base,
            BirthTree = BirthTree,
            Tasks = state.Tasks.Replace(task => changes.ContainsKey(task.Id), task => task with { Changes = changes[task.Id] }),
            LeftOutParts = ReviewedChanges.Moved(state.LeftOutParts, changes),
            WantsRebase = false,
            Rebased = new Rebase(state.Rebased?.From ?? state.Base, Onto, MovesRefAlone),
            MadeCommits = [],
            StandingApproval = ChangedByBoth.Count == 0 ? state.StandingApproval : null,
        };
    }
}

/// <summary>A task's changes on another base.</summary>
/// <param name="Task">The task.</param>
/// <param name="Changes">Its changes.</param>
public sealed record RebasedChanges(TaskId Task, ChangeSet Changes);

/// <summary>A hook of the repository refused a commit. Nothing has moved, and the step of the landing fails.</summary>
/// <param name="Refusal">Which commit, and what the hook said.</param>
[WireName("commit.refused")]
public sealed record CommitRefused(CommitRefusal Refusal) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { Refusal = Refusal };
}

/// <summary>The commits are there, hooks and signatures included, and nothing that a user sees has moved yet.</summary>
/// <param name="Commits">The commits, oldest first.</param>
[WireName("commits.made")]
public sealed record CommitsMade(ValueList<LandedCommit> Commits) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { MadeCommits = Commits };
}

/// <summary>All commits were made and the branch moved, or the changes were staged; ends the run.</summary>
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
    /// <summary>The commits that revert the run's, oldest first; empty when its own commits were removed.</summary>
    public ValueList<ObjectId> Reverts { get; init; } = [];

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { IsUndone = true };
}

/// <summary>A run that was taken back has landed again.</summary>
/// <param name="Receipt">What was landed now.</param>
[WireName("run.redone")]
public sealed record RunRedone(CommitReceipt Receipt) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { IsUndone = false, Receipt = Receipt };
}
