using Planlane.Agents;
using Planlane.Reports.Compiling;
using Planlane.Runs;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Runs a task's own check on the agent's files, and before it compiles its C# in process.</summary>
/// <param name="collector">Makes the tree.</param>
/// <param name="runner">Runs the command.</param>
/// <param name="compiler">Compiles.</param>
public sealed class TaskChecker(ReportCollector collector, CheckRunner runner, CSharpCompiler compiler)
{
    /// <summary>Compiles the C# that the agent has changed, with what it sees.</summary>
    public async Task<CheckResult> CompileAsync(RunState state, TaskState task, RunInbox inbox, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inbox.Stopping, cancellationToken);
        var before = await collector.TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id), either.Token).ConfigureAwait(false);
        var after = await collector.TreeOf(before, [task.Changes], either.Token).ConfigureAwait(false);
        return await compiler.RunAsync(before, after, task.Changes, AwaitedNames.Of(state, task.Id), either.Token).ConfigureAwait(false);
    }

    /// <summary>Runs the check on what the agent sees now.</summary>
    public async Task<CheckResult> RunAsync(RunState state, TaskState task, string command, RunInbox inbox, CancellationToken cancellationToken)
    {
        var tree = await collector.TreeOf(state.BirthTree!.Value, WorkspaceLayers.Inherited(state, task.Id).Append(task.Changes), cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inbox.Stopping, cancellationToken);
        return await runner.RunAsync(state, task.Agent.Value, tree, task.Id.Value, command, TestInterest.Of([task]), either.Token).ConfigureAwait(false);
    }
}
