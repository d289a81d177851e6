using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary><c>dotnet test</c> by VSTest: a closing line for each assembly, and the tests that failed or, in more detail, all.</summary>
internal sealed partial class VsTestReader : ITestReader
{
    public TestReading? Read(string text)
    {
        var lines = Closing().Matches(text);
        var blocks = lines.Count > 0 ? lines : ClosingBlock().Matches(text);
        if (blocks.Count == 0)
            return null;

        var counts = blocks.Select(match => new TestCounts(match.Number("passed"), match.Number("failed"), match.Number("skipped"))).Aggregate((left, right) => left + right);
        return new TestReading(counts, Line().Matches(text).Select(match => CaseOf(match, text)).DistinctBy(item => item.Name).ToValueList());
    }

    private static TestCase CaseOf(Match match, string text)
    {
        var outcome = MatchText.Outcome(match.Text("what"));
        return new TestCase(match.Text("name"), outcome, outcome is TestOutcome.Failed ? MatchText.NextWords(text, match.Index, line => line == "Error Message:") : null);
    }

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+), Total:\s+\d+")]
    private static partial Regex Closing();

    [GeneratedRegex(@"^Total tests: \d+\s*\n(?:\s+Passed: (?<passed>\d+)\s*\n)?(?:\s+Failed: (?<failed>\d+)\s*\n)?(?:\s+Skipped: (?<skipped>\d+))?", RegexOptions.Multiline)]
    private static partial Regex ClosingBlock();

    [GeneratedRegex(@"^  (?<what>Passed|Failed|Skipped) (?<name>\S.*?) \[(?:< )?\d[^\]\n]*\]\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
