namespace Planlane.Planning;

/// <summary>Why a plan may not be run.</summary>
/// <param name="Rule">The id of the rule, such as <c>lanes-disjoint</c>; never changes.</param>
/// <param name="Message">What is wrong, with the task and the path; a sentence that the planner can act on.</param>
public sealed record PlanProblem(string Rule, string Message)
{
    /// <summary>Where in the plan document, as a JSON pointer such as <c>/tasks/2/owns/0</c>; null when it is no one place.</summary>
    public string? At { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Rule}: {Message}";
}
