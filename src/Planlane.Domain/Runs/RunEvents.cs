using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Runs;

/// <summary>A step was begun; one that was begun and has not ended is begun again when the run is resumed.</summary>
/// <param name="Step">The step.</param>
[WireName("step.begun")]
public sealed record StepBegun(StepId Step) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var begun = state with { Running = state.Running.Add(Step) };
        if (RunStep.Attempt.TaskOf(Step) is { } id)
            begun = begun.WithTask(id, attempted => attempted.Begun(state.WorkSeconds));
        var task = begun.Tasks.FirstOrDefault(task => task is { Born: null, Order: { } order } && Step == new RunStep.Attempt(task.Id, order.Attempt).Id);
        return task is null ? begun : begun.WithTask(task.Id, other => other with { Born = WorkOrder.BornWith(begun, other) });
    }
}

/// <summary>A step ended; what came of it stands in the events before.</summary>
/// <param name="Step">The step.</param>
[WireName("step.ended")]
public sealed record StepEnded(StepId Step) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithoutStep(Step);
}

/// <summary>A step could not be done; the run stops until it is resumed.</summary>
/// <param name="Step">The step.</param>
/// <param name="Kind">Picks the exit code.</param>
/// <param name="Message">What happened and why.</param>
/// <param name="Hint">What to do next, or null.</param>
[WireName("step.failed")]
public sealed record StepFailed(StepId Step, FaultKind Kind, string Message, string? Hint) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithoutStep(Step) with { Halt = state.Halt ?? new RunHalt(Kind, Message, Hint) };
}

/// <summary>A run goes on in a new process.</summary>
/// <param name="Budget">A new cap on its cost, or null to keep the old one.</param>
[WireName("run.resumed")]
public sealed record RunResumed(Cost? Budget) : RunEvent
{
    /// <summary>The shared caps that hold from now on, or null to keep the old ones.</summary>
    public SharedBudgets? SharedBudgets { get; init; }

    /// <summary>How the work lands from now on, or null to keep what was said before.</summary>
    public LandingPolicy? Landing { get; init; }

    /// <summary>Whether the work is to be put on HEAD as it is now.</summary>
    public bool Rebase { get; init; }

    /// <summary>Whether the work is to be reviewed again although somebody said yes to it; the yes is taken back.</summary>
    public bool Review { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var resumed = state with
        {
            Running = [],
            // What a kill cut off ended then; nobody worked between.
            Tasks = state.Tasks.Replace(task => task.AttemptTimes is [.., { End: null }], task => task.Ended(state.WorkSeconds)),
            Halt = null,
            IsPaused = false,
            WarmModels = [],
            Settings = state.Settings with
            {
                Budget = Budget ?? state.Settings.Budget,
                SharedBudgets = SharedBudgets ?? state.Settings.SharedBudgets,
                Landing = Landing ?? state.Settings.Landing,
            },
            WantsRebase = Rebase,
            MadeCommits = Landing is null ? state.MadeCommits : [],
            Refusal = Review || state.ApprovedChanges is null ? state.Refusal : null,
        };
        if (resumed.IsRebaseDue)
            return resumed.Reopened();
        return Review ? resumed with { ApprovedChanges = null, MadeCommits = [] } : resumed;
    }
}

/// <summary>Somebody paused the run: what is being paid for goes on, and nothing new is begun.</summary>
/// <param name="By">Who: <c>user</c>.</param>
[WireName("run.paused")]
public sealed record RunPaused(string By) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { IsPaused = true };
}

/// <summary>Somebody let a paused run go on.</summary>
/// <param name="By">Who: <c>user</c>.</param>
[WireName("run.continued")]
public sealed record RunContinued(string By) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { IsPaused = false };
}
