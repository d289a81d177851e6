using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>Mocha: lines "N passing", "N pending" and "N failing" below a tree of marked tests.</summary>
internal sealed partial class MochaReader : ITestReader
{
    public TestReading? Read(string text)
    {
        if (Passing().Match(text) is not { Success: true } passing)
            return null;

        return new TestReading(
            new TestCounts(passing.Number("n"), Failing().Match(text).Number("n"), Pending().Match(text).Number("n")),
            MarkedLines.Read(text).ToValueList());
    }

    [GeneratedRegex(@"^\s*(?<n>\d+) passing\b", RegexOptions.Multiline)]
    private static partial Regex Passing();

    [GeneratedRegex(@"^\s*(?<n>\d+) failing\b", RegexOptions.Multiline)]
    private static partial Regex Failing();

    [GeneratedRegex(@"^\s*(?<n>\d+) pending\b", RegexOptions.Multiline)]
    private static partial Regex Pending();
}
