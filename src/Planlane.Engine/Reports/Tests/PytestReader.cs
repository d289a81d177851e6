using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>pytest: a closing line "N failed, N passed in N s", a summary of what failed, and in its verbose mode a line for each test.</summary>
internal sealed partial class PytestReader : ITestReader
{
    public TestReading? Read(string text)
    {
        if (Closing().Matches(text).LastOrDefault()?.Value is not { } line)
            return null;

        var counts = new TestCounts(
            MatchText.Before(line, "passed") + MatchText.Before(line, "xpassed"),
            MatchText.Before(line, "failed") + MatchText.Before(line, "errors?"),
            MatchText.Before(line, "skipped") + MatchText.Before(line, "xfailed"));
        var failed = Summary().Matches(text).Select(match => new TestCase(match.Text("name"), TestOutcome.Failed, match.Text("why"))).DistinctBy(item => item.Name).ToList();
        var verbose = Line().Matches(text).Select(match => new TestCase(match.Text("name"), MatchText.Outcome(match.Text("what")))).Where(item => failed.All(known => known.Name != item.Name));
        return new TestReading(counts, failed.Concat(verbose).DistinctBy(item => item.Name).ToValueList());
    }

    [GeneratedRegex(@"^=*\s?(?:\d+ [a-z]+,? ?)+ in [\d.]+s.*$", RegexOptions.Multiline)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^(?:FAILED|ERROR) (?<name>\S+?::.+?)(?: - (?<why>.*))?$", RegexOptions.Multiline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^(?<name>\S+?::.+?) (?<what>PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
