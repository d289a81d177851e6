using System.Text.RegularExpressions;

namespace Planlane.Reports.Tests;

/// <summary>The Test Anything Protocol, versions 12 to 14 (testanything.org): a line for each test, subtests indented before the line of the one that they belong to.</summary>
internal sealed partial class TapReader : ITestReader
{
    public TestReading? Read(string text)
    {
        if (!Plan().IsMatch(text))
            return null;

        var open = new List<(int Depth, TestCase Case)>();
        foreach (var line in text.Split('\n'))
            if (Point().Match(line) is { Success: true } point)
                Add(open, point.Groups["indent"].Length, CaseOf(point));
            else if (Why().Match(line) is { Success: true } why && open is [.., { Case: { Outcome: TestOutcome.Failed, Message: null } failed } last])
                open[^1] = (last.Depth, failed with { Message = why.Text("why").Trim('\'', '"') });
        return open.Count == 0 ? null : TestReading.OfCases([.. open.Select(item => item.Case)]);
    }

    // A point with subtests is their group: it says nothing that they do not, and gives them its name. A group that fails by itself is a test that failed.
    private static void Add(List<(int Depth, TestCase Case)> open, int depth, TestCase point)
    {
        var first = open.FindIndex(item => item.Depth > depth);
        if (first < 0 || (point.Outcome is TestOutcome.Failed && open.Skip(first).All(item => item.Case.Outcome is not TestOutcome.Failed)))
            open.Add((depth, point));
        for (var i = first; i >= 0 && i < open.Count; i++)
            if (open[i].Depth > depth)
                open[i] = (depth, open[i].Case with { Name = $"{point.Name} > {open[i].Case.Name}" });
    }

    private static TestCase CaseOf(Match point)
    {
        var outcome = point.Groups["skip"].Success ? TestOutcome.Skipped : MatchText.Outcome(point.Text("what"));
        return new TestCase(point.Text("name") is { Length: > 0 } name ? name : $"test {point.Text("n")}", outcome);
    }

    [GeneratedRegex(@"^(?:TAP version \d+|1\.\.\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Plan();

    [GeneratedRegex(@"^(?<indent> *)(?<what>ok|not ok)\b ?(?<n>\d*)(?: ?- ?| )?(?<name>.*?)(?<skip> *# *(?:skip|todo)\b.*)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Point();

    [GeneratedRegex(@"^\s+(?:error|message): *(?<why>[^|>\s].*)$")]
    private static partial Regex Why();
}
