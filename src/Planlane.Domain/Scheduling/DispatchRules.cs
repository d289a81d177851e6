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
        var running = state.RunningTasks.ToList();
        // Asked after every event: mostly all that may begin has begun.
        var begun = running.Select(task => task.Id).ToHashSet();
        if (!state.Tasks.Any(task => task.IsOpen && !begun.Contains(task.Id)))
            return [];

        // An agent that waits for another task's file needs its slot only when that task has ended: until then the owner may use it.
        var active = running.Where(task => !FileRequestRules.IsWaiting(state, task)).ToList();
        var awaited = active.Count == running.Count ? [] : running.Where(task => FileRequestRules.IsWaiting(state, task)).SelectMany(task => WorkOrder.AwaitedBy(state, task.Id)).ToHashSet();
        var places = state.Settings.Slots - running.Count;
        var lent = state.Settings.Slots - active.Count;
        if (lent <= 0)
            return [];

        // Decided after every event of a run that may have very many tasks: what costs most comes last.
        var ended = state.Tasks.Where(task => task.IsComplete).Select(task => task.Id).ToHashSet();
        var open = state.Tasks.Where(task => task.IsOpen && !begun.Contains(task.Id) && DependenciesEnded(state, task, ended)).ToList();
        if (open.Count == 0 || (places <= 0 && !open.Exists(task => awaited.Contains(task.Id))))
            return [];

        var remaining = PlanGraph.RemainingSeconds(state.Plan!, task => task.Estimate.OutputTokens);
        var ready = new List<TaskState>();
        foreach (var task in open.OrderByDescending(task => remaining[task.Id]))
            if (ready.Count < (awaited.Contains(task.Id) ? lent : places) && NeedNotWait(state, task, active.Concat(ready)) && BudgetRules.MayStart(state, [.. ready, task]))
                ready.Add(task);
        return ready;
    }

    /// <summary>The tasks that can never start, as a task that they depend on, directly or through others, did not complete.</summary>
    public static IEnumerable<TaskState> Stranded(RunState state)
    {
        // Nobody is stranded as long as nobody has failed.
        var failed = state.Tasks.Where(task => task is { IsOpen: false, IsComplete: false }).Select(task => task.Id).ToHashSet();
        if (failed.Count == 0 || state.Plan is not { } plan)
            return [];

        var tasks = state.Tasks.ToDictionary(task => task.Id);
        var stranded = new HashSet<TaskId>();
        foreach (var task in PlanGraph.InDependencyOrder(plan).Select(planned => tasks[planned.Id]))
            if (task.Turns.Count == 0 && task.IsOpen && !state.IsRunning(task) && task.Task.DependsOn.Any(id => stranded.Contains(id) || failed.Contains(id)))
                stranded.Add(task.Id);
        return state.Tasks.Where(task => stranded.Contains(task.Id));
    }

    // The first agent of a model writes the shared prefix to that model's cache, and its siblings wait for it. Those of other models cannot read it there, so they
    // do not wait.
    private static bool NeedNotWait(RunState state, TaskState task, IEnumerable<TaskState> others)
    {
        if (HandoverRules.IsAfresh(task, state.Settings))
            return true;
        var model = BudgetRules.ModelOf(state, task);
        var siblings = others.Where(other => !HandoverRules.IsAfresh(other, state.Settings) && BudgetRules.ModelOf(state, other).Id == model.Id);
        return state.PrefixOf(model) switch
        {
            PrefixState.Cold => !siblings.Any(),
            // Who has answers already may be at a long check: only one that has just begun is sure to write it.
            PrefixState.Expired => siblings.All(other => other.CurrentTurns.Any()),
            _ => true,
        };
    }

    // A task whose agent has already worked may be repaired while others are repaired too: its files are there. Of a file that both may write it must see what the task below makes of it.
    private static bool DependenciesEnded(RunState state, TaskState task, HashSet<TaskId> ended) => task.Turns.Count > 0
        ? !state.Tasks.Any(other => other.IsOpen && other.Id != task.Id && SharesFiles(other, task) && WorkOrder.AncestorsOf(state, task.Id).Contains(other.Id) && !WorkOrder.AwaitedBy(state, other.Id).Contains(task.Id))
        : task.Task.DependsOn.All(ended.Contains);

    private static bool SharesFiles(TaskState left, TaskState right) => left.Lane.Paths.Any(path => right.Lane.Paths.Any(other => Glob.Meeting(path, other) is not null));
}
