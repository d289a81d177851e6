using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Scheduling;

/// <summary>Which tasks may start now.</summary>
public static class DispatchRules
{
    /// <summary>The tasks to start now, the one with the longest chain behind it first.</summary>
    /// <param name="state">A run whose plan is approved and whose agents are prepared.</param>
    public static IEnumerable<TaskState> Ready(RunState state)
    {
        var running = state.Tasks.Where(state.IsRunning).ToList();
        // An agent that waits for another task's file needs its slot only when that task has ended: until then the owner may use it.
        var active = running.Where(task => !FileRequestRules.IsWaiting(state, task)).ToList();
        var awaited = running.Except(active).SelectMany(task => WorkOrder.AwaitedBy(state, task.Id)).ToHashSet();
        var places = state.Settings.Slots - running.Count;
        var lent = state.Settings.Slots - active.Count;
        if (lent <= 0)
            return [];

        var remaining = PlanGraph.RemainingSeconds(state.Plan!, task => task.Estimate.OutputTokens);
        var ready = new List<TaskState>();
        foreach (var task in state.Tasks.Where(task => task.IsOpen && !state.IsRunning(task) && DependenciesEnded(state, task)).OrderByDescending(task => remaining[task.Id]))
            if (ready.Count < (awaited.Contains(task.Id) ? lent : places) && NeedNotWait(state, task, active.Concat(ready)) && BudgetRules.MayStart(state, [.. ready, task]))
                ready.Add(task);
        return ready;
    }

    /// <summary>The tasks that can never start, as a task that they depend on, directly or through others, did not complete.</summary>
    public static IEnumerable<TaskState> Stranded(RunState state)
    {
        var stranded = new HashSet<TaskId>();
        foreach (var task in state.Plan is { } plan ? PlanGraph.InDependencyOrder(plan).Select(planned => state.Task(planned.Id)) : [])
            if (task.Turns.Count == 0 && task.IsOpen && !state.IsRunning(task)
                && task.Task.DependsOn.Any(id => stranded.Contains(id) || state.Task(id) is { IsOpen: false, IsComplete: false }))
                stranded.Add(task.Id);
        return state.Tasks.Where(task => stranded.Contains(task.Id));
    }

    // The first agent of a model writes the shared prefix to that model's cache, and its siblings wait for it. Those of other models cannot read it there, so they
    // do not wait.
    private static bool NeedNotWait(RunState state, TaskState task, IEnumerable<TaskState> others)
    {
        var model = BudgetRules.ModelOf(state, task);
        return state.PrefixOf(model) is not PrefixState.Cold || others.All(other => BudgetRules.ModelOf(state, other).Id != model.Id);
    }

    // A task whose agent has already worked may be repaired while others are repaired too: its files are there. Of a file that both may write it must see what the task below makes of it.
    private static bool DependenciesEnded(RunState state, TaskState task) => task.Turns.Count > 0
        ? !state.Tasks.Any(other => other.IsOpen && other.Id != task.Id && SharesFiles(other, task) && WorkOrder.AncestorsOf(state, task.Id).Contains(other.Id) && !WorkOrder.AwaitedBy(state, other.Id).Contains(task.Id))
        : task.Task.DependsOn.Select(state.Task).All(dependency => dependency.IsComplete);

    private static bool SharesFiles(TaskState left, TaskState right) => left.Lane.Paths.Any(path => right.Lane.Paths.Any(other => Glob.Meeting(path, other) is not null));
}
