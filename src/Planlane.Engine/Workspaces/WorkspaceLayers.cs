using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Whose finished work an agent sees.</summary>
public static class WorkspaceLayers
{
    /// <summary>The change sets below a task's own, in dependency order.</summary>
    /// <remarks>A first attempt sees what its task depends on. A later one sees all finished work, as it is about how the parts fit together. Unfinished work is never seen.</remarks>
    public static IEnumerable<ChangeSet> Inherited(RunState state, TaskId id)
    {
        var plan = state.Plan!;
        var ancestors = PlanGraph.AncestorsOf(plan, id);
        var seesAll = state.Task(id).Order is { Reason: not AttemptReason.First };
        return PlanGraph.InDependencyOrder(plan).Where(task => task.Id != id && (ancestors.Contains(task.Id) || seesAll))
            .Select(task => state.Task(task.Id)).Where(task => task.IsComplete || ancestors.Contains(task.Id)).Select(task => task.Changes);
    }
}
