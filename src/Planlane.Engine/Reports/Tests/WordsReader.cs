using System.Text.RegularExpressions;

namespace Planlane.Reports.Tests;

/// <summary>A plain last line such as "12 passed, 0 failed", as small runners of one's own print it.</summary>
internal sealed partial class WordsReader : ITestReader
{
    public TestReading? Read(string text) => Closing().Matches(text).LastOrDefault() is { } line
        ? new TestReading(new TestCounts(line.Number("passed"), line.Number("failed"), line.Number("skipped")), [])
        : null;

    [GeneratedRegex(@"^(?:\w+: )?(?<passed>\d+) passed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?\s*$", RegexOptions.Multiline)]
    private static partial Regex Closing();
}
