using Planlane.Agents;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Whose finished work an agent sees.</summary>
public static class WorkspaceLayers
{
    /// <summary>The change sets below a task's own, in dependency order.</summary>
    /// <remarks>A first attempt sees what its task builds on: its dependencies, and whose files it took over. A later one sees all finished work, as it is about how the parts fit together. Unfinished work is never seen.</remarks>
    public static IEnumerable<ChangeSet> Inherited(RunState state, TaskId id)
    {
        var ancestors = WorkOrder.AncestorsOf(state, id);
        var seesAll = state.Task(id).Order is { Reason: not AttemptReason.First };
        return WorkOrder.Ordered(state).Where(task => task.Id != id && (ancestors.Contains(task.Id) || (seesAll && task.IsComplete))).Select(task => ReviewedChanges.Of(state, task));
    }
}
