using Planlane.Planning;
using Planlane.Values;

namespace Planlane.Approval;

/// <summary>A plan that a human, or a rule that a human set, said yes to. Only <see cref="Plan"/> can make one, so nothing can be scheduled before.</summary>
public sealed class ApprovedPlan : IEquatable<ApprovedPlan>
{
    private readonly Dictionary<TaskId, int> _places = [];

    internal ApprovedPlan(Plan plan, string by)
    {
        Plan = plan;
        By = by;
        foreach (var (place, task) in plan.Tasks.Index())
            _places.TryAdd(task.Id, place);
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Who said yes: <c>user</c>, or <c>auto</c>.</summary>
    public string By { get; }

    /// <summary>The place of a task among the plan's tasks, from 0; -1 when it has no such task.</summary>
    internal int PlaceOf(TaskId id) => _places.GetValueOrDefault(id, -1);

    /// <inheritdoc />
    public bool Equals(ApprovedPlan? other) => other is not null && Plan == other.Plan && By == other.By;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ApprovedPlan);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Plan, By);
}
