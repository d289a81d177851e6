using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>Microsoft.Testing.Platform: a closing block of counts, and a line for each test that did not pass.</summary>
internal sealed partial class TestingPlatformReader : ITestReader
{
    public TestReading? Read(string text)
    {
        var summaries = Summary().Matches(text);
        if (summaries.Count == 0)
            return null;

        var counts = summaries.Select(match => new TestCounts(match.Number("passed"), match.Number("failed"), match.Number("skipped"))).Aggregate((left, right) => left + right);
        var cases = Line().Matches(text).Select(match => CaseOf(match, text)).DistinctBy(item => item.Name);
        return new TestReading(counts, cases.ToValueList());
    }

    private static TestCase CaseOf(Match match, string text)
    {
        var outcome = MatchText.Outcome(match.Text("what"));
        return new TestCase(match.Text("name"), outcome, outcome is TestOutcome.Passed ? null : MatchText.NextWords(text, match.Index, line => line.StartsWith("from ", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\s*total: (?<total>\d+)\s*\n\s*failed: (?<failed>\d+)\s*\n\s*succeeded: (?<passed>\d+)\s*\n\s*skipped: (?<skipped>\d+)", RegexOptions.Multiline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^(?<what>passed|failed|skipped) (?<name>\S.*?)(?: \((?:\d+m?s|\d+[dhm]|\s)+\)|(?<=^skipped \S+))\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
