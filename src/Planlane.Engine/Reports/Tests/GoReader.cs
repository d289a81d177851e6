using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary><c>go test</c>: a line for each test with <c>-v</c>, and without it for those that failed alone.</summary>
internal sealed partial class GoReader : ITestReader
{
    public TestReading? Read(string text)
    {
        var lines = Line().Matches(text);
        if (lines.Count == 0)
            return null;

        // A subtest is named below its test, which is what is counted.
        var cases = lines.Select(match => CaseOf(match, text)).ToList();
        return new TestReading(TestReading.CountsOf([.. lines.Zip(cases).Where(pair => pair.First.Groups["indent"].Length == 0).Select(pair => pair.Second)]), cases.ToValueList());
    }

    private static TestCase CaseOf(Match match, string text)
    {
        var outcome = MatchText.Outcome(match.Text("what"));
        return new TestCase(match.Text("name"), outcome, outcome is TestOutcome.Failed ? MatchText.NextWords(text, match.Index, line => line.StartsWith("---", StringComparison.Ordinal) || line is "FAIL") : null);
    }

    [GeneratedRegex(@"^(?<indent> *)--- (?<what>PASS|FAIL|SKIP): (?<name>\S+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
