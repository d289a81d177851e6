using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary><c>node --test</c>: closing lines of counts, below TAP where nobody looks on and below a tree of marked tests on a terminal.</summary>
internal sealed partial class NodeReader : ITestReader
{
    public TestReading? Read(string text)
    {
        var lines = Closing().Matches(text);
        if (!lines.Any(line => line.Text("what") == "pass"))
            return null;

        var counts = new TestCounts(SumOf(lines, "pass"), SumOf(lines, "fail") + SumOf(lines, "cancelled"), SumOf(lines, "skipped") + SumOf(lines, "todo"));
        return new TestReading(counts, new TapReader().Read(text)?.Cases ?? MarkedLines.Read(text).ToValueList());
    }

    private static int SumOf(MatchCollection lines, string what) => lines.Where(line => line.Text("what") == what).Sum(line => line.Number("n"));

    [GeneratedRegex(@"^(?:#|ℹ) (?<what>pass|fail|cancelled|skipped|todo) (?<n>\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Closing();
}
