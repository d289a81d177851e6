namespace Planlane.Reports;

/// <summary>What the evidence says of one acceptance criterion of a task.</summary>
/// <param name="Criterion">The criterion, as the plan words it.</param>
/// <param name="Standing">Whether it is met.</param>
/// <param name="Evidence">What shows it: a test, a file, a command; null when nothing does.</param>
public sealed record CriterionResult(string Criterion, CriterionStanding Standing, string? Evidence);

/// <summary>Whether a criterion is met, by evidence alone.</summary>
public enum CriterionStanding
{
    /// <summary>Nothing that was measured says so or the contrary.</summary>
    NotShown,

    /// <summary>Something that was measured shows it.</summary>
    Met,

    /// <summary>Something that was measured contradicts it.</summary>
    NotMet,
}
