using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What builds on what: the plan's dependencies, and those that came of files that tasks took over from others.</summary>
/// <remarks>A task that got another task's file works on that task's version of it, so its work cannot be seen, combined or committed without the other's.</remarks>
public static class WorkOrder
{
    /// <summary>The tasks from which a task took files over.</summary>
    public static IEnumerable<TaskId> LendersOf(TaskState task) =>
        task.Requests.Where(request => request.Decision is FileDecision.Granted).Select(request => request.Owner).OfType<TaskId>().Distinct();

    /// <summary>All tasks that a task's work builds on, directly or not.</summary>
    public static IReadOnlySet<TaskId> AncestorsOf(RunState state, TaskId id) => PlanGraph.AncestorsOf(Extended(state, LendersOf), id);

    /// <summary>All tasks that must end before a task can go on: those that its work builds on, and those whose files it, or one of these, waits for.</summary>
    public static IReadOnlySet<TaskId> AwaitedBy(RunState state, TaskId id) => PlanGraph.AncestorsOf(Extended(state, task => LendersOf(task).Concat(WaitsFor(task))), id);

    /// <summary>All tasks, each after all that its work builds on, else in the plan's order.</summary>
    public static IEnumerable<TaskState> Ordered(RunState state) => PlanGraph.InDependencyOrder(Extended(state, LendersOf)).Select(task => state.Task(task.Id));

    /// <summary>The tasks whose work can be put together: complete, not left out, and so are all from which they took files over; in the order of the work.</summary>
    public static ValueList<TaskState> Combinable(RunState state)
    {
        var combinable = new List<TaskState>();
        foreach (var task in Ordered(state))
            if (task.IsComplete && !state.LeftOut.Contains(task.Id) && LendersOf(task).All(lender => combinable.Exists(other => other.Id == lender)))
                combinable.Add(task);
        return combinable.ToValueList();
    }

    /// <summary>The tasks whose finished work an agent sees, in the order of the work: in a first attempt those that its task builds on, in a later one all that are complete. What the reviewer left out is not there.</summary>
    public static IEnumerable<TaskState> SeenBy(RunState state, TaskId id)
    {
        var ancestors = AncestorsOf(state, id);
        var seesAll = state.Task(id).Order is { Reason: not AttemptReason.First };
        return Ordered(state).Where(task => task.Id != id && !state.LeftOut.Contains(task.Id) && (ancestors.Contains(task.Id) || (seesAll && task.IsComplete)));
    }

    /// <summary>What the tasks that a task builds on have changed of the files that it reads or owns.</summary>
    public static ChangeSet BornWith(RunState state, TaskState task)
    {
        var ancestors = AncestorsOf(state, task.Id);
        if (ancestors.Count == 0)
            return ChangeSet.Empty;
        var changes = Ordered(state).Where(other => ancestors.Contains(other.Id)).Aggregate(ChangeSet.Empty, (below, above) => below.Then(ReviewedChanges.Of(state, above)));
        return new ChangeSet(changes.Files.Where(file => task.Task.Reads.Contains(file.Path) || task.Task.Owns.Includes(file.Path)).ToValueList());
    }

    /// <summary>The owners whose end a task waits for.</summary>
    public static IEnumerable<TaskId> WaitsFor(TaskState task) =>
        task.Requests.Where(request => request.Decision is FileDecision.Queued).Select(request => request.Owner).OfType<TaskId>();

    private static Plan Extended(RunState state, Func<TaskState, IEnumerable<TaskId>> more)
    {
        var plan = state.Plan!;
        return state.Tasks.All(task => task.Requests.Count == 0)
            ? plan
            : plan with { Tasks = plan.Tasks.Replace(_ => true, task => task with { DependsOn = task.DependsOn.Concat(more(state.Task(task.Id))).Distinct().ToValueList() }) };
    }
}
