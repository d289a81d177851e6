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
    public static IEnumerable<ChangeSet> Inherited(RunState state, TaskId id) => WorkOrder.SeenBy(state, id).Select(task => ReviewedChanges.Of(state, task));
}
