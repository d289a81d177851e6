using System.Diagnostics;
using Planlane.Agents;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Scheduling;
using Planlane.Workspaces;

namespace Planlane.Runs;

/// <summary>Who does which step. A phase posts events for what it did and returns when its step is done.</summary>
/// <param name="triage">Asks whether there is something to divide.</param>
/// <param name="planner">Plans.</param>
/// <param name="shared">Prepares what agents share.</param>
/// <param name="workspaces">Where commands run.</param>
/// <param name="agents">Work.</param>
/// <param name="combiner">Combines and checks.</param>
/// <param name="rebaser">Puts work on another commit.</param>
/// <param name="committer">Lands.</param>
public sealed class RunPhases(RequestTriage triage, Planner planner, SharedContext shared, IWorkspaces workspaces, AgentRunner agents, WorkCombiner combiner, Rebaser rebaser, Committer committer)
{
    /// <summary>Does one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="inbox">The run.</param>
    /// <param name="cancellationToken">Ends it at once; it is begun again when the run is resumed.</param>
    public Task RunAsync(RunStep step, RunInbox inbox, CancellationToken cancellationToken) => step switch
    {
        RunStep.Triage => triage.AskAsync(inbox, cancellationToken),
        RunStep.MakePlan plan => planner.MakeAsync(plan, inbox, cancellationToken),
        RunStep.Prepare => PrepareAsync(inbox, cancellationToken),
        RunStep.Attempt attempt => agents.RunAsync(attempt, inbox, cancellationToken),
        RunStep.Combine combine => combiner.CombineAsync(combine, inbox, cancellationToken),
        RunStep.Rebase => rebaser.RebaseAsync(inbox, cancellationToken),
        RunStep.Land => committer.LandAsync(inbox, cancellationToken),
        _ => throw new UnreachableException(),
    };

    // What setup commands need and whether they hold is known before the first agent is paid for. Else files are copied beside the agents' first turns.
    private async Task PrepareAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        if (state.Settings.Workspace.Setup.Count > 0)
            await PrepareWorkspacesAsync(inbox, cancellationToken).ConfigureAwait(false);
        await shared.PrepareAsync(inbox, cancellationToken).ConfigureAwait(false);
        if (state.Plan!.Checks.Count > 0 || state.Tasks.Any(task => task.Task.Check is not null))
            await PrepareWorkspacesAsync(inbox, cancellationToken).ConfigureAwait(false);
    }

    // What else differs from the user's folder was recorded when the run began.
    private async Task PrepareWorkspacesAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var remarks = await workspaces.PrepareAsync(inbox.State, cancellationToken).ConfigureAwait(false);
        var notes = BaseNote.Of(remarks.Where(remark => remark.Kind is RemarkKind.PutBack));
        if (notes.Except(inbox.State.Base.Notes).Any())
            await inbox.PostAsync(new WorkspacesPrepared(notes)).ConfigureAwait(false);
    }
}
