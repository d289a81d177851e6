using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports.Tests;

/// <summary>Jest and Vitest: a closing line "Tests …", marked lines for tests, and a paragraph for each that failed.</summary>
internal sealed partial class JestReader : ITestReader
{
    public TestReading? Read(string text)
    {
        if (Closing().Matches(text).LastOrDefault()?.Value is not { } line)
            return null;

        var counts = new TestCounts(MatchText.Before(line, "passed"), MatchText.Before(line, "failed"), new[] { "skipped", "todo", "pending" }.Sum(word => MatchText.Before(line, word)));
        var failures = Failure().Matches(text).Select(match => new TestCase(Joined(match.Text("name")), TestOutcome.Failed, MatchText.NextWords(text, match.Index))).DistinctBy(item => item.Name).ToList();
        var marked = MarkedLines.Read(text).Select(item => failures.FirstOrDefault(failure => item.Outcome is TestOutcome.Failed && TestNames.Means(item.Name, failure.Name)) is { } failure
            ? item with { Message = failure.Message } : item).ToList();
        // Without its verbose mode Jest names only what failed.
        return new TestReading(counts, marked.Concat(failures.Where(failure => !marked.Any(item => TestNames.Means(item.Name, failure.Name)))).ToValueList());
    }

    private static string Joined(string name) => name.Replace(" › ", " > ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*Tests:?[ ]+(?:\d+ (?:failed|skipped|todo|pending|passed)[,| ]*)+", RegexOptions.Multiline)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^(?:  ● (?!Console$)(?<name>\S.*)| FAIL  (?<name>\S+ > .*))$", RegexOptions.Multiline)]
    private static partial Regex Failure();
}
