namespace Planlane.Reports;

/// <summary>One test as a runner named it.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Outcome">What came out.</param>
/// <param name="Message">Why it failed, shortened; null for none.</param>
public sealed record TestCase(string Name, TestOutcome Outcome, string? Message = null);

/// <summary>What came out of a test.</summary>
public enum TestOutcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was not run.</summary>
    Skipped,
}
