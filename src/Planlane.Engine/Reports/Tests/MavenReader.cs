using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>Maven Surefire and Failsafe: a line for each class, one for each module, and the tests that failed.</summary>
internal sealed partial class MavenReader : ITestReader
{
    public TestReading? Read(string text)
    {
        var lines = Counted().Matches(text).ToList();
        if (lines.Count == 0)
            return null;

        // The lines of classes carry their time, those of modules do not.
        var modules = lines.Where(line => !line.Groups["time"].Success).ToList();
        var counts = (modules.Count > 0 ? modules : lines).Select(CountsOf).Aggregate((left, right) => left + right);
        return new TestReading(counts, Failed().Matches(text).Select(match => new TestCase(NameOf(match), TestOutcome.Failed, MatchText.NextWords(text, match.Index))).DistinctBy(item => item.Name).ToValueList());
    }

    private static TestCounts CountsOf(Match line)
    {
        var (failed, skipped) = (line.Number("failed") + line.Number("errors"), line.Number("skipped"));
        return new TestCounts(line.Number("total") - failed - skipped, failed, skipped);
    }

    // Surefire 2 wrote the class in parentheses behind the method.
    private static string NameOf(Match match) => match.Groups["class"].Success ? $"{match.Text("class")}.{match.Text("name")}" : match.Text("name");

    [GeneratedRegex(@"Tests run: (?<total>\d+), Failures: (?<failed>\d+), Errors: (?<errors>\d+), Skipped: (?<skipped>\d+)(?<time>, Time elapsed)?")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^(?:\[ERROR\] )?(?<name>[\w.$\[\]]+)(?:\((?<class>[\w.$]+)\))?\s+(?:-- )?Time elapsed: [^<\n]*<<< (?:FAILURE|ERROR)!", RegexOptions.Multiline)]
    private static partial Regex Failed();
}
