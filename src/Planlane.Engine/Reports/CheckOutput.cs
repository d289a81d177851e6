using System.Text.RegularExpressions;
using Planlane.Reports.Tests;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>What a check's output says.</summary>
/// <param name="Tests">The tests that it counts, or null.</param>
/// <param name="Diagnostics">The errors that it names; empty when the check passed.</param>
/// <param name="Tail">Its end.</param>
public sealed partial record CheckOutput(TestCounts? Tests, ValueList<Diagnostic> Diagnostics, string Tail)
{
    private const int MostDiagnostics = 100;
    private const int TailCharacters = 12_000;

    /// <summary>The tests that it names, failed ones first; often fewer than it counts.</summary>
    public ValueList<TestCase> Cases { get; init; } = [];

    /// <summary>Reads the output of the common build tools and test runners.</summary>
    /// <param name="output">Both streams.</param>
    /// <param name="root">The folder that paths are made relative to.</param>
    /// <param name="exitCode">The command's exit code.</param>
    /// <param name="files">The files with test results that the command wrote.</param>
    /// <param name="interest">Which tests to keep of a long list; null for the first.</param>
    public static CheckOutput Read(string output, string root, int exitCode, IEnumerable<ResultFile>? files = null, TestInterest? interest = null)
    {
        var text = Escapes().Replace(output, "").Replace(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        var tests = TestReaders.Read(text, files ?? [], interest);
        var failed = exitCode != 0 || tests.Counts is { Failed: > 0 };
        return new CheckOutput(tests.Counts, failed ? DiagnosticsOf(text) : [], text.Length > TailCharacters ? text[^TailCharacters..] : text) { Cases = tests.Cases };
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
