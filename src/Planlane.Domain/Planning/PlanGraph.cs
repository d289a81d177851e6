using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The dependency graph of a plan's tasks.</summary>
public static class PlanGraph
{
    /// <summary>All tasks that must end before a task may start, directly or not.</summary>
    /// <remarks>Unknown ids are left out and cycles are harmless: a task of a cycle is then among its own ancestors.</remarks>
    public static IReadOnlySet<TaskId> AncestorsOf(Plan plan, TaskId id)
    {
        var tasks = plan.Tasks.ToLookup(task => task.Id);
        var found = new HashSet<TaskId>();
        var open = new Stack<TaskId>([id]);
        while (open.TryPop(out var next))
            foreach (var dependency in tasks[next].SelectMany(task => task.DependsOn))
                if (tasks.Contains(dependency) && found.Add(dependency))
                    open.Push(dependency);
        return found;
    }

    /// <summary>The tasks by depth: the first list depends on nothing, the next on the first, and so on; what the user sees as stages.</summary>
    /// <remarks>Needs an acyclic plan. Within a stage the plan's order is kept.</remarks>
    public static ValueList<Stage> StagesOf(Plan plan)
    {
        var depths = new Dictionary<TaskId, int>();
        foreach (var task in InDependencyOrder(plan))
            depths[task.Id] = task.DependsOn.Select(id => depths.GetValueOrDefault(id, -1) + 1).DefaultIfEmpty(0).Max();
        return plan.Tasks.GroupBy(task => depths[task.Id]).OrderBy(group => group.Key)
            .Select(group => new Stage(group.Key + 1, group.Key < plan.Stages.Count ? plan.Stages[group.Key] : null, group.ToValueList()))
            .ToValueList();
    }

    /// <summary>The tasks, each after all that it depends on, else in the plan's order.</summary>
    /// <remarks>Tasks of a cycle come last.</remarks>
    public static ValueList<PlannedTask> InDependencyOrder(Plan plan)
    {
        var (tasks, dependents) = (plan.Tasks, DependentsOf(plan));
        var ordered = new List<PlannedTask>(tasks.Count);
        var open = tasks.Select(task => task.Id).ToHashSet();
        var waits = tasks.Select(task => task.DependsOn.Where(open.Contains).Distinct().Count()).ToArray();
        var taken = new bool[tasks.Count];
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, tasks.Count).Where(index => waits[index] == 0).Select(index => (index, index)));
        for (var first = 0; ordered.Count < tasks.Count;)
        {
            if (!ready.TryDequeue(out var next, out _))
            {
                // Only tasks of a cycle, and those behind one, are left.
                while (taken[first])
                    first++;
                next = first;
            }

            if (taken[next])
                continue;
            taken[next] = true;
            ordered.Add(tasks[next]);
            if (open.Remove(tasks[next].Id))
                foreach (var dependent in dependents[tasks[next].Id])
                    if (--waits[dependent] == 0)
                        ready.Enqueue(dependent, dependent);
        }

        return ordered.ToValueList();
    }

    /// <summary>For each task the seconds from its start to the end of the longest chain of tasks that begins with it.</summary>
    /// <param name="plan">An acyclic plan.</param>
    /// <param name="secondsOf">The seconds that one task takes.</param>
    public static IReadOnlyDictionary<TaskId, double> RemainingSeconds(Plan plan, Func<PlannedTask, double> secondsOf)
    {
        var dependents = DependentsOf(plan);
        var remaining = new Dictionary<TaskId, double>(plan.Tasks.Count);
        foreach (var task in InDependencyOrder(plan).Reverse())
            remaining[task.Id] = secondsOf(task) + dependents[task.Id].Select(index => remaining.GetValueOrDefault(plan.Tasks[index].Id)).DefaultIfEmpty(0).Max();
        return remaining;
    }

    /// <summary>The longest chain of tasks, each of which depends on the one before: the time of a run cannot fall below it. Empty for a plan without tasks.</summary>
    /// <param name="plan">An acyclic plan.</param>
    /// <param name="secondsOf">The seconds that one task takes.</param>
    public static ValueList<TaskId> LongestChain(Plan plan, Func<PlannedTask, double> secondsOf)
    {
        var (remaining, dependents) = (RemainingSeconds(plan, secondsOf), DependentsOf(plan));
        var chain = new List<TaskId>();
        for (var next = plan.Tasks.MaxBy(task => remaining[task.Id]); next is not null; next = dependents[next.Id].Select(index => plan.Tasks[index]).MaxBy(task => remaining[task.Id]))
            chain.Add(next.Id);
        return chain.ToValueList();
    }

    // The places of the tasks that name an id among what they depend on.
    private static ILookup<TaskId, int> DependentsOf(Plan plan) => plan.Tasks.SelectMany((task, index) => task.DependsOn.Distinct().Select(id => (Id: id, Index: index))).ToLookup(pair => pair.Id, pair => pair.Index);
}

/// <summary>The tasks of a plan at one depth of the dependency graph.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Title">The planner's title, or null.</param>
/// <param name="Tasks">In the plan's order.</param>
public sealed record Stage(int Number, string? Title, ValueList<PlannedTask> Tasks);
