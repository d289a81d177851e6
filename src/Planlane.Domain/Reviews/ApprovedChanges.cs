using Planlane.Approval;

namespace Planlane.Reviews;

/// <summary>Work that a human, or a rule that a human set, said yes to. Only <see cref="ReviewRules"/> can make one, so nothing can be committed before.</summary>
public sealed class ApprovedChanges : IEquatable<ApprovedChanges>
{
    internal ApprovedChanges(ApprovedPlan plan, CombinedWork work, string by)
    {
        Plan = plan;
        Work = work;
        By = by;
    }

    /// <summary>The plan that the work fulfils.</summary>
    public ApprovedPlan Plan { get; }

    /// <summary>The work.</summary>
    public CombinedWork Work { get; }

    /// <summary>Who said yes: <c>user</c>, or <c>auto</c>.</summary>
    public string By { get; }

    /// <inheritdoc />
    public bool Equals(ApprovedChanges? other) => other is not null && Plan.Equals(other.Plan) && Work == other.Work && By == other.By;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ApprovedChanges);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Work, By);
}
