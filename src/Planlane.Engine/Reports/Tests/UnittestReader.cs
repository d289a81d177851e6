using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>Python's unittest: "Ran N tests" and a closing line, a paragraph for each failure, and in its verbose mode a line for each test.</summary>
internal sealed partial class UnittestReader : ITestReader
{
    public TestReading? Read(string text)
    {
        if (Ran().Matches(text) is not { Count: > 0 } ran)
            return null;

        var closing = Closing().Matches(text).LastOrDefault()?.Value ?? "";
        var failed = Of(closing, "failures") + Of(closing, "errors") + Of(closing, "unexpected successes");
        var skipped = Of(closing, "skipped") + Of(closing, "expected failures");
        var counts = new TestCounts(ran[^1].Number("total") - failed - skipped, failed, skipped);
        var failures = Failure().Matches(text).Select(match => new TestCase(NameOf(match), TestOutcome.Failed, match.Text("why"))).ToList();
        var verbose = Line().Matches(text).Select(match => new TestCase(NameOf(match), MatchText.Outcome(match.Text("what"))));
        return new TestReading(counts, failures.Concat(verbose).DistinctBy(item => item.Name).ToValueList());
    }

    private static int Of(string closing, string word) => Regex.Match(closing, $@"(?:\(|, ){word}=(?<n>\d+)").Number("n");

    // Before Python 3.11 the name in parentheses was the class alone.
    private static string NameOf(Match match) => match.Text("class").EndsWith("." + match.Text("method"), StringComparison.Ordinal) ? match.Text("class") : $"{match.Text("class")}.{match.Text("method")}";

    [GeneratedRegex(@"^Ran (?<total>\d+) tests? in ", RegexOptions.Multiline)]
    private static partial Regex Ran();

    [GeneratedRegex(@"^(?:OK|FAILED) \(.*\)\s*$", RegexOptions.Multiline)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^(?:FAIL|ERROR): (?<method>\w+) \((?<class>[\w.]+)\)[^\n]*\n(?:[^\n]+\n)*?-{70}\n(?:(?!={70}|-{70})[^\n]*\n)*?(?<why>\w[\w.]*(?:Error|Exception|Exit|Interrupt|Failure)?: [^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Failure();

    [GeneratedRegex(@"^(?<method>\w+) \((?<class>[\w.]+)\)(?:\n[^\n]*?)? \.\.\. (?<what>ok|FAIL|ERROR|skipped|expected failure)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
