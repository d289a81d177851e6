using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>What the output or a result file of a test runner says.</summary>
/// <param name="Counts">How many tests it counts, or null when it counts none.</param>
/// <param name="Cases">The tests that it names; often fewer than it counts, as many runners name only what failed.</param>
public sealed record TestReading(TestCounts? Counts, ValueList<TestCase> Cases)
{
    private const int MostCases = 500;
    private const int MostMessage = 300;

    /// <summary>A reading that says nothing.</summary>
    public static TestReading Empty { get; } = new(null, []);

    /// <summary>The reading as a check keeps it: failed tests first, at most 500, those before others that are asked for, long messages shortened.</summary>
    /// <param name="interest">Which tests are asked for.</param>
    public TestReading Kept(TestInterest interest) => this with
    {
        Cases = (Cases.Count > MostCases ? Cases.OrderBy(item => item.Outcome is TestOutcome.Failed ? -1 : interest.RankOf(item)).Take(MostCases) : Cases)
            .OrderBy(item => item.Outcome switch { TestOutcome.Failed => 0, TestOutcome.Passed => 1, _ => 2 })
            .Select(item => item with { Message = Shortened(item.Message) }).ToValueList(),
    };

    /// <summary>A reading that is counted from the tests themselves.</summary>
    internal static TestReading OfCases(IReadOnlyCollection<TestCase> cases) => new(CountsOf(cases), cases.ToValueList());

    /// <summary>How many of each outcome there are.</summary>
    internal static TestCounts CountsOf(IReadOnlyCollection<TestCase> cases) => new(
        cases.Count(item => item.Outcome is TestOutcome.Passed), cases.Count(item => item.Outcome is TestOutcome.Failed), cases.Count(item => item.Outcome is TestOutcome.Skipped));

    private static string? Shortened(string? message) => message?.Trim() switch
    {
        null or "" => null,
        { Length: > MostMessage } words => words[..MostMessage] + "…",
        var words => words,
    };
}
