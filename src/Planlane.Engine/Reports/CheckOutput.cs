using System.Globalization;
using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>What a check's output says.</summary>
/// <param name="Tests">The tests that it counts, or null.</param>
/// <param name="Diagnostics">The errors that it names; empty when the check passed.</param>
/// <param name="Tail">Its end.</param>
public sealed partial record CheckOutput(TestCounts? Tests, ValueList<Diagnostic> Diagnostics, string Tail)
{
    private const int MostDiagnostics = 100;
    private const int TailCharacters = 12_000;

    /// <summary>Reads the output of the common build tools and test runners.</summary>
    /// <param name="output">Both streams.</param>
    /// <param name="root">The folder that paths are made relative to.</param>
    /// <param name="exitCode">The command's exit code.</param>
    public static CheckOutput Read(string output, string root, int exitCode)
    {
        var text = Escapes().Replace(output, "").Replace(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        var tests = TestRunners.Count(text);
        var failed = exitCode != 0 || tests is { Failed: > 0 };
        return new CheckOutput(tests, failed ? DiagnosticsOf(text) : [], text.Length > TailCharacters ? text[^TailCharacters..] : text);
    }

    private static ValueList<Diagnostic> DiagnosticsOf(string text)
    {
        var found = new List<Diagnostic>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var heading = "";
        foreach (var raw in text.Split('\n'))
        {
            // Linters group: a line with the file alone, then its places below.
            heading = raw.Trim().Length == 0 ? "" : FileAlone().Match(raw) is { Success: true } file ? file.Groups["path"].Value : heading;
            var line = ProjectSuffix().Replace(raw.Trim(), "");
            if (heading.Length > 0 && Grouped().IsMatch(raw))
                line = $"{heading}:{line}";
            if (line.Length is 0 or > 1_000 || Warning().IsMatch(line) || Place().Match(line) is not { Success: true } place || !seen.Add(line))
                continue;
            var path = PathOf(place.Groups["path"].Value.Replace('\\', '/'));
            found.Add(new Diagnostic(path.Problem is null ? path : null, line));
            if (found.Count == MostDiagnostics)
                break;
        }

        return found.ToValueList();
    }

    private static RepoPath PathOf(string text) => new(text is ['.', '/', .. var rest] ? rest : text.TrimStart('/'));

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"\s\[[^\]]+\.\w*proj(?:::[^\]]*)?\]$")]
    private static partial Regex ProjectSuffix();

    [GeneratedRegex(@"(?:^|[\s:(])warning\b", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();

    [GeneratedRegex(@"^\s{0,2}(?<path>[\w.@+\-/\\]+\.[A-Za-z]\w{0,9})\s*$")]
    private static partial Regex FileAlone();

    [GeneratedRegex(@"^\s+\d+:\d+\s")]
    private static partial Regex Grouped();

    // path(12,3): …   path:12:3: …   path:12: …   File "path", line 12   --> path:12:3   in path:line 12
    [GeneratedRegex("""(?:^|[\s("'])(?<path>(?:[A-Za-z]:)?[\w.@+\-/\\]+\.[A-Za-z]\w{0,9})(?:\(\d+(?:,\d+)?\)|:\d+(?::\d+)?|", line \d+|:line \d+)""")]
    private static partial Regex Place();
}

/// <summary>Reads how many tests passed and failed from the words of the common runners.</summary>
internal static partial class TestRunners
{
    public static TestCounts? Count(string text) =>
        Sum(Testing().Matches(text)) ?? Sum(VsTest().Matches(text)) ?? Sum(Cargo().Matches(text)) ?? Last(Jest().Matches(text)) ?? Last(Maven().Matches(text))
        ?? Unittest(text) ?? NodeTest(text) ?? GoTest(text) ?? Mocha(text) ?? Last(Words().Matches(text)) ?? Pytest(text);

    private static TestCounts? Sum(MatchCollection matches) => matches.Count == 0 ? null : matches.Select(Of).Aggregate((left, right) => left + right);

    private static TestCounts? Last(MatchCollection matches) => matches.Count == 0 ? null : Of(matches[^1]);

    private static TestCounts Of(Match match)
    {
        var (total, failed, skipped) = (Number(match, "total"), Number(match, "failed") + Number(match, "errors"), Number(match, "skipped"));
        return new TestCounts(match.Groups["passed"].Success ? Number(match, "passed") : total - failed - skipped, failed, skipped);
    }

    private static TestCounts? Unittest(string text) => Ran().Matches(text) is { Count: > 0 } ran
        ? new[] { FailedWords().Matches(text).LastOrDefault() }
            .Select(match => (Failed: match is null ? 0 : Number(match, "failed") + Number(match, "errors"), Skipped: SkippedWords().Match(text) is { Success: true } skip ? Number(skip, "skipped") : 0))
            .Select(counts => new TestCounts(Number(ran[^1], "total") - counts.Failed - counts.Skipped, counts.Failed, counts.Skipped)).First()
        : null;

    private static TestCounts? NodeTest(string text) => Node().Matches(text) is { Count: > 0 } lines && lines.Any(line => line.Groups["what"].Value == "pass")
        ? new TestCounts(SumOf(lines, "pass"), SumOf(lines, "fail") + SumOf(lines, "cancelled"), SumOf(lines, "skipped") + SumOf(lines, "todo"))
        : null;

    private static TestCounts? GoTest(string text) => Go().Matches(text) is { Count: > 0 } lines
        ? new TestCounts(lines.Count(line => line.Groups["what"].Value == "PASS"), lines.Count(line => line.Groups["what"].Value == "FAIL"), lines.Count(line => line.Groups["what"].Value == "SKIP"))
        : null;

    private static TestCounts? Mocha(string text) => MochaPassing().Match(text) is { Success: true } passing
        ? new TestCounts(Number(passing, "passed"), MochaFailing().Match(text) is { Success: true } failing ? Number(failing, "failed") : 0, 0)
        : null;

    private static TestCounts? Pytest(string text) => PytestLine().Matches(text).LastOrDefault()?.Value is { } line
        ? new TestCounts(Counted(line, "passed"), Counted(line, "failed") + Counted(line, "error"), Counted(line, "skipped"))
        : null;

    private static int Counted(string line, string word) => Regex.Match(line, $@"(\d+) {word}") is { Success: true } match && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int SumOf(MatchCollection lines, string what) => lines.Where(line => line.Groups["what"].Value == what).Sum(line => Number(line, "n"));

    private static int Number(Match match, string group) => int.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^\s*total: (?<total>\d+)\s*\n\s*failed: (?<failed>\d+)\s*\n\s*succeeded: (?<passed>\d+)\s*\n\s*skipped: (?<skipped>\d+)", RegexOptions.Multiline)]
    private static partial Regex Testing();

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+), Total:\s+\d+")]
    private static partial Regex VsTest();

    [GeneratedRegex(@"test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored")]
    private static partial Regex Cargo();

    [GeneratedRegex(@"^\s*Tests:?\s+(?:(?<failed>\d+) failed[,|\s]+)?(?:(?<skipped>\d+) (?:skipped|todo)[,|\s]+)?(?<passed>\d+) passed", RegexOptions.Multiline)]
    private static partial Regex Jest();

    [GeneratedRegex(@"Tests run: (?<total>\d+), Failures: (?<failed>\d+), Errors: (?<errors>\d+), Skipped: (?<skipped>\d+)")]
    private static partial Regex Maven();

    [GeneratedRegex(@"^Ran (?<total>\d+) tests? in ", RegexOptions.Multiline)]
    private static partial Regex Ran();

    [GeneratedRegex(@"^FAILED \((?:failures=(?<failed>\d+))?(?:, )?(?:errors=(?<errors>\d+))?", RegexOptions.Multiline)]
    private static partial Regex FailedWords();

    [GeneratedRegex(@"^(?:OK|FAILED) \(.*skipped=(?<skipped>\d+)", RegexOptions.Multiline)]
    private static partial Regex SkippedWords();

    [GeneratedRegex(@"^(?:#|ℹ) (?<what>pass|fail|cancelled|skipped|todo) (?<n>\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Node();

    [GeneratedRegex(@"^--- (?<what>PASS|FAIL|SKIP): ", RegexOptions.Multiline)]
    private static partial Regex Go();

    [GeneratedRegex(@"^\s*(?<passed>\d+) passing\b", RegexOptions.Multiline)]
    private static partial Regex MochaPassing();

    [GeneratedRegex(@"^\s*(?<failed>\d+) failing\b", RegexOptions.Multiline)]
    private static partial Regex MochaFailing();

    [GeneratedRegex(@"^(?:\w+: )?(?<passed>\d+) passed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?\s*$", RegexOptions.Multiline)]
    private static partial Regex Words();

    [GeneratedRegex(@"^=*\s?(?:\d+ [a-z]+,? ?)+ in [\d.]+s.*$", RegexOptions.Multiline)]
    private static partial Regex PytestLine();
}
