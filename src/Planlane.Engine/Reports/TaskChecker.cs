using Planlane.Agents;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Runs a task's own check in a folder with the agent's files.</summary>
/// <param name="repository">The repository.</param>
/// <param name="collector">Makes the tree.</param>
/// <param name="runner">Runs the command.</param>
/// <param name="folders">Where the folder lies.</param>
public sealed class TaskChecker(GitRepository repository, ReportCollector collector, CheckRunner runner, RunFolders folders)
{
    /// <summary>Runs the check on the agent's workspace as it is now.</summary>
    public async Task<CheckResult> RunAsync(RunState state, TaskState task, string command, RunInbox inbox, CancellationToken cancellationToken)
    {
        var tree = await collector.TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id).Append(task.Changes), cancellationToken).ConfigureAwait(false);
        var folder = folders.WorkspaceOf(state.Id, task.Agent.Value);
        await repository.CheckoutAsync(tree, folder, cancellationToken).ConfigureAwait(false);
        DependencyFolders.Lend(repository.Root, folder);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inbox.Stopping, cancellationToken);
        return await runner.RunAsync(task.Id.Value, command, folder, either.Token).ConfigureAwait(false);
    }
}
