using Planlane.Values;

namespace Planlane.Planning;

/// <summary>The dependency graph of a plan's tasks.</summary>
public static class PlanGraph
{
    /// <summary>All tasks that must end before a task may start, directly or not.</summary>
    /// <remarks>Unknown ids are left out and cycles are harmless: a task of a cycle is then among its own ancestors.</remarks>
    public static IReadOnlySet<TaskId> AncestorsOf(Plan plan, TaskId id)
    {
        var found = new HashSet<TaskId>();
        var open = new Stack<TaskId>([id]);
        while (open.TryPop(out var next))
            foreach (var dependency in plan.Tasks.Where(task => task.Id == next).SelectMany(task => task.DependsOn))
                if (plan.Tasks.Any(task => task.Id == dependency) && found.Add(dependency))
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
        var ordered = new List<PlannedTask>();
        var rest = plan.Tasks.ToList();
        var open = rest.Select(task => task.Id).ToHashSet();
        while (rest.Count > 0)
        {
            var next = rest.FirstOrDefault(task => !task.DependsOn.Any(open.Contains)) ?? rest[0];
            ordered.Add(next);
            rest.Remove(next);
            open.Remove(next.Id);
        }

        return ordered.ToValueList();
    }

    /// <summary>For each task the seconds from its start to the end of the longest chain of tasks that begins with it.</summary>
    /// <param name="plan">An acyclic plan.</param>
    /// <param name="secondsOf">The seconds that one task takes.</param>
    public static IReadOnlyDictionary<TaskId, double> RemainingSeconds(Plan plan, Func<PlannedTask, double> secondsOf)
    {
        var remaining = new Dictionary<TaskId, double>();
        foreach (var task in InDependencyOrder(plan).Reverse())
            remaining[task.Id] = secondsOf(task) + plan.Tasks.Where(other => other.DependsOn.Contains(task.Id))
                .Select(other => remaining.GetValueOrDefault(other.Id)).DefaultIfEmpty(0).Max();
        return remaining;
    }
}

/// <summary>The tasks of a plan at one depth of the dependency graph.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Title">The planner's title, or null.</param>
/// <param name="Tasks">In the plan's order.</param>
public sealed record Stage(int Number, string? Title, ValueList<PlannedTask> Tasks);
