using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What a new plan changes in an old one. Tasks are the same when they have the same id.</summary>
/// <param name="Tasks">The tasks that came, went or changed: those of the new plan in its order, then those that went.</param>
/// <param name="Contracts">The contracts by path.</param>
/// <param name="Checks">The checks by name.</param>
/// <param name="Others">The names of the other members of the plan document that changed: <c>suitability</c>, <c>conventions</c>, <c>stages</c>, <c>covers</c>, and <c>tasks order</c>.</param>
public sealed record PlanDiff(ValueList<TaskChange> Tasks, ValueList<ItemChange> Contracts, ValueList<ItemChange> Checks, ValueList<string> Others)
{
    /// <summary>Whether the plans are the same.</summary>
    public bool IsEmpty => Tasks.Count == 0 && Contracts.Count == 0 && Checks.Count == 0 && Others.Count == 0;

    /// <summary>Compares two plans.</summary>
    public static PlanDiff Between(Plan before, Plan after) => new(
        TasksOf(before, after).ToValueList(),
        ItemsOf(before.Contracts, after.Contracts, contract => contract.Path.Value).ToValueList(),
        ItemsOf(before.Checks, after.Checks, check => check.Name).ToValueList(),
        OthersOf(before, after).ToValueList());

    private static IEnumerable<TaskChange> TasksOf(Plan before, Plan after)
    {
        foreach (var task in after.Tasks)
            if (before.Tasks.FirstOrDefault(other => other.Id == task.Id) is not { } old)
                yield return new TaskChange(ChangeKind.Added, task, []);
            else if (old != task)
                yield return new TaskChange(ChangeKind.Changed, task, MembersOf(old, task).ToValueList())
                {
                    Lane = Moves(old.Owns.Paths, task.Owns.Paths),
                    DependsOn = Moves(old.DependsOn, task.DependsOn),
                    Reads = Moves(old.Reads, task.Reads),
                };
        foreach (var task in before.Tasks.Where(task => after.Tasks.All(other => other.Id != task.Id)))
            yield return new TaskChange(ChangeKind.Removed, task, []);
    }

    private static IEnumerable<string> MembersOf(PlannedTask before, PlannedTask after)
    {
        (string Name, bool Changed)[] members =
        [
            ("title", before.Title != after.Title),
            ("brief", before.Brief != after.Brief),
            ("owns", before.Owns != after.Owns),
            ("reads", !before.Reads.Equals(after.Reads)),
            ("dependsOn", !before.DependsOn.Equals(after.DependsOn)),
            ("acceptance", !before.Acceptance.Equals(after.Acceptance)),
            ("check", before.Check != after.Check),
            ("outputTokens", before.Estimate != after.Estimate),
            ("commitMessage", before.CommitMessage != after.CommitMessage),
            ("model", before.Model != after.Model),
            ("changesSignatures", !before.ChangesSignatures.Equals(after.ChangesSignatures)),
            ("moves", !before.Moves.Equals(after.Moves)),
        ];
        return members.Where(member => member.Changed).Select(member => member.Name);
    }

    private static IEnumerable<ItemChange> ItemsOf<T>(ValueList<T> before, ValueList<T> after, Func<T, string> nameOf)
        where T : class
    {
        foreach (var item in after)
            if (before.FirstOrDefault(other => nameOf(other) == nameOf(item)) is not { } old)
                yield return new ItemChange(ChangeKind.Added, nameOf(item));
            else if (!old.Equals(item))
                yield return new ItemChange(ChangeKind.Changed, nameOf(item));
        foreach (var item in before.Where(item => after.All(other => nameOf(other) != nameOf(item))))
            yield return new ItemChange(ChangeKind.Removed, nameOf(item));
    }

    private static IEnumerable<string> OthersOf(Plan before, Plan after)
    {
        if (before.Suitability != after.Suitability)
            yield return "suitability";
        if (before.Conventions != after.Conventions)
            yield return "conventions";
        if (!before.Stages.Equals(after.Stages))
            yield return "stages";
        if (!before.Covers.Equals(after.Covers))
            yield return "covers";
        if (!Kept(before, after).SequenceEqual(Kept(after, before)))
            yield return "tasks order";
    }

    // The tasks of a plan that the other plan has, too, in the first one's order.
    private static IEnumerable<TaskId> Kept(Plan plan, Plan other) => plan.Tasks.Select(task => task.Id).Where(id => other.Tasks.Any(task => task.Id == id));

    private static ListChange Moves<T>(ValueList<T> before, ValueList<T> after) => new(
        after.Where(item => !before.Contains(item)).Select(item => $"{item}").ToValueList(),
        before.Where(item => !after.Contains(item)).Select(item => $"{item}").ToValueList());
}

/// <summary>What happened to a part of a plan.</summary>
public enum ChangeKind
{
    /// <summary>Only the new plan has it.</summary>
    Added,

    /// <summary>Both have it, with different content.</summary>
    Changed,

    /// <summary>Only the old plan has it.</summary>
    Removed,
}

/// <summary>A task that came, went or changed.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Task">The task; as the new plan has it when both do.</param>
/// <param name="Members">The members of a changed task that differ, by their names in the plan document.</param>
public sealed record TaskChange(ChangeKind Kind, PlannedTask Task, ValueList<string> Members)
{
    /// <summary>The paths that its lane gained and lost.</summary>
    public ListChange Lane { get; init; } = new([], []);

    /// <summary>The tasks that it now waits for, and no longer.</summary>
    public ListChange DependsOn { get; init; } = new([], []);

    /// <summary>The files that it is now shown, and no longer.</summary>
    public ListChange Reads { get; init; } = new([], []);
}

/// <summary>A contract or check that came, went or changed.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Name">A contract's path; a check's name.</param>
public sealed record ItemChange(ChangeKind Kind, string Name);

/// <summary>What a list gained and lost.</summary>
/// <param name="Added">What only the new one has.</param>
/// <param name="Removed">What only the old one has.</param>
public sealed record ListChange(ValueList<string> Added, ValueList<string> Removed);
