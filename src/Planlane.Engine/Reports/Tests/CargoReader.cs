using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary><c>cargo test</c>: a closing line for each test binary, and a line for each test.</summary>
internal sealed partial class CargoReader : ITestReader
{
    public TestReading? Read(string text)
    {
        var closing = Closing().Matches(text);
        if (closing.Count == 0)
            return null;

        var messages = Panic().Matches(text).GroupBy(match => match.Text("name")).ToDictionary(group => group.Key, group => group.First().Text("why"));
        return new TestReading(
            closing.Select(match => new TestCounts(match.Number("passed"), match.Number("failed"), match.Number("skipped"))).Aggregate((left, right) => left + right),
            Line().Matches(text).Select(match => new TestCase(match.Text("name"), MatchText.Outcome(match.Text("what")), messages.GetValueOrDefault(match.Text("name")))).ToValueList());
    }

    [GeneratedRegex(@"test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored")]
    private static partial Regex Closing();

    [GeneratedRegex(@"^test (?<name>\S.*?) \.\.\. (?<what>ok|FAILED|ignored)", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^---- (?<name>\S.*?) stdout ----\s*\n+thread .*? panicked at .*\n(?<why>.+)", RegexOptions.Multiline)]
    private static partial Regex Panic();
}
