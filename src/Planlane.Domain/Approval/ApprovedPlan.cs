using Planlane.Planning;

namespace Planlane.Approval;

/// <summary>A plan that a human, or a rule that a human set, said yes to. Only <see cref="Plan"/> can make one, so nothing can be scheduled before.</summary>
public sealed class ApprovedPlan : IEquatable<ApprovedPlan>
{
    internal ApprovedPlan(Plan plan, string by)
    {
        Plan = plan;
        By = by;
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Who said yes: <c>user</c>, or <c>auto</c>.</summary>
    public string By { get; }

    /// <inheritdoc />
    public bool Equals(ApprovedPlan? other) => other is not null && Plan == other.Plan && By == other.By;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ApprovedPlan);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Plan, By);
}
