using System.Text.RegularExpressions;

namespace Planlane.Reports.Tests;

/// <summary>Trees of tests with a mark before each, as Jest, Vitest, Mocha and Node's reporter print them: groups are lines without a mark that stand less deep.</summary>
internal static partial class MarkedLines
{
    /// <summary>The tests, each with the groups that it is in before its name.</summary>
    public static IReadOnlyList<TestCase> Read(string text)
    {
        var (cases, groups) = (new List<TestCase>(), new List<(int Depth, string Name)>());
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.Length == 0)
                continue;
            if (End().IsMatch(line))
                break;
            var depth = line.Length - line.TrimStart().Length;
            if (Marked().Match(line) is { Success: true } marked && !Summary().IsMatch(line))
                Add(cases, groups, depth, marked);
            else
                Enter(groups, depth, line.Trim());
        }

        return cases;
    }

    private static void Add(List<TestCase> cases, List<(int Depth, string Name)> groups, int depth, Match marked)
    {
        var name = marked.Text("name");
        // Node closes a group with a marked line of its own, which is no test.
        if (groups.RemoveAll(group => group.Depth == depth && group.Name == name) > 0)
            return;
        groups.RemoveAll(group => group.Depth >= depth);
        cases.Add(new TestCase(string.Join(" > ", groups.Select(group => group.Name).Append(name)), marked.Groups["skip"].Success ? TestOutcome.Skipped : OutcomeOf(marked.Text("mark"))));
    }

    private static void Enter(List<(int Depth, string Name)> groups, int depth, string line)
    {
        groups.RemoveAll(group => group.Depth >= depth);
        var name = Arrow().Replace(line, "");
        // A file's own line is no group, nor is the message below a test.
        if (depth > 0 && !Summary().IsMatch(line) && !NoGroup().IsMatch(line) || line.StartsWith('▶'))
            groups.Add((depth, name));
    }

    private static TestOutcome OutcomeOf(string mark) => mark is [>= '0' and <= '9', ..] ? TestOutcome.Failed : MatchText.Outcome(mark);

    // What follows are the failures in full.
    [GeneratedRegex(@"^(?:  ● \S.* › |⎯{3,}|ℹ tests \d|✖ failing tests:|\s*\d+ passing\b)")]
    private static partial Regex End();

    [GeneratedRegex(@"^\s*(?<mark>[✓✔√✕×✖✗○✎↓﹣-]|\d+\)) (?:(?<=○ )skipped |(?<=✎ )todo )?(?<name>\S.*?)(?:\s+\(?\d+(?:\.\d+)?\s?m?s\)?)?(?<skip> # (?i:skip|todo).*)?$")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\(\d+ tests?\b|^(?:PASS|FAIL)\b|^\s*RUN\b")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^(?:→|●|at |\||>|\d+ ?\||[+-] |Expected|Received|expect\()")]
    private static partial Regex NoGroup();

    [GeneratedRegex(@"^▶ |\s+\(\d+(?:\.\d+)?m?s\)$")]
    private static partial Regex Arrow();
}
