using Planlane.Git;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reviews;

/// <summary>Combines the work of all agents in the object database and runs the plan's checks on it.</summary>
/// <param name="repository">The repository.</param>
/// <param name="collector">Makes trees and counts lines.</param>
/// <param name="runner">Runs the checks.</param>
public sealed class WorkCombiner(GitRepository repository, ReportCollector collector, CheckRunner runner)
{
    /// <summary>Makes one combination.</summary>
    public async Task CombineAsync(RunStep.Combine step, RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var included = WorkOrder.Combinable(state);
        var tree = await collector.TreeOf(state.BirthTree!.Value, included.Select(task => ReviewedChanges.Of(state, task)), cancellationToken).ConfigureAwait(false);
        await repository.SetRefAsync(GitRepository.PrivateRef(state.Id, $"work-{step.Round}"), tree, cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inbox.Stopping, cancellationToken);
        var checks = included.Count == 0 ? [] : await CheckAsync(state, tree, either.Token).ConfigureAwait(false);
        await inbox.PostAsync(new WorkCombined(new CombinedWork(
            step.Round,
            tree,
            included.Select(task => task.Id).ToValueList(),
            await collector.CountAsync(state.Base.Tree, tree, cancellationToken).ConfigureAwait(false),
            checks))).ConfigureAwait(false);
    }

    /// <summary>Runs the plan's checks on a tree, until one fails.</summary>
    internal async Task<ValueList<CheckResult>> CheckAsync(RunState state, ObjectId tree, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        var interest = TestInterest.Of(state.Tasks);
        foreach (var check in state.Plan!.Checks)
        {
            results.Add(await runner.RunAsync(state, WorkspaceCommand.Combined, tree, check.Name, check.Command, interest, cancellationToken).ConfigureAwait(false));
            if (!results[^1].Passed)
                break;
        }

        return results.ToValueList();
    }
}
