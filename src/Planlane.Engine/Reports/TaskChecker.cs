using Planlane.Agents;
using Planlane.Runs;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Runs a task's own check on the agent's files.</summary>
/// <param name="collector">Makes the tree.</param>
/// <param name="runner">Runs the command.</param>
public sealed class TaskChecker(ReportCollector collector, CheckRunner runner)
{
    /// <summary>Runs the check on what the agent sees now.</summary>
    public async Task<CheckResult> RunAsync(RunState state, TaskState task, string command, RunInbox inbox, CancellationToken cancellationToken)
    {
        var tree = await collector.TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id).Append(task.Changes), cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inbox.Stopping, cancellationToken);
        return await runner.RunAsync(state, task.Agent.Value, tree, task.Id.Value, command, either.Token).ConfigureAwait(false);
    }
}
