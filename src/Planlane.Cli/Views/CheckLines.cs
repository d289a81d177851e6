using Planlane.Cli.Output;
using Planlane.Reports;

namespace Planlane.Cli.Views;

/// <summary>A check's result: the tests as its output counts them, and what failed.</summary>
internal static class CheckLines
{
    private const int MostDiagnostics = 5;
    private const int MostOutputLines = 8;
    private const int MostTests = 5;

    public static void Write(Screen screen, CheckResult check, string indent, string label = "")
    {
        var (glyphs, rest) = (screen.Glyphs, indent + "    ");
        var counts = check.Tests is { } tests ? $"{glyphs.Dot}{Tests(tests)}" : "";
        screen.Hanging(
            indent,
            rest,
            label,
            check.Passed ? Ink.Good($"{glyphs.Done}{check.Name} passed") : Ink.Bad($"{glyphs.Failure}{check.Name} failed"),
            counts,
            Ink.Faint($"{glyphs.Dot}{check.Command}{glyphs.Dot}{Figures.Duration(check.Seconds)}"),
            HeldLines.MarkOf(screen, check.IsSandboxed || check.Name == CheckResult.Compile));
        if (check.Passed)
            return;

        if (FailureRules.ClassOf(check) is FailureClass.Environment or FailureClass.TimeLimit && FailureRules.HintOf(check) is { } hint)
            screen.Hanging(rest, rest, Ink.Strong("Hint: "), hint);
        WriteTests(screen, check.Cases.Where(test => test.Outcome is TestOutcome.Failed), rest, MostTests);
        foreach (var diagnostic in check.Diagnostics.Take(MostDiagnostics))
            screen.Hanging(rest, rest, diagnostic.Text);
        if (check.Diagnostics.Count > MostDiagnostics)
            screen.Line(rest, Ink.Faint($"{glyphs.Ellipsis} and {check.Diagnostics.Count - MostDiagnostics} more"));
        if (check.Diagnostics.Count > 0)
            return;
        screen.Line(rest, Ink.Faint(check.ExitCode < 0 ? "It did not end by itself. The end of its output:" : $"Exit code {check.ExitCode}. The end of its output:"));
        foreach (var line in check.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').TakeLast(MostOutputLines))
            screen.Hanging(rest, rest, line);
    }

    /// <summary>Writes tests by name, each with why it failed.</summary>
    public static void WriteTests(Screen screen, IEnumerable<TestCase> tests, string indent, int most)
    {
        var (glyphs, all) = (screen.Glyphs, tests.ToList());
        foreach (var test in all.Take(most))
            screen.Hanging(indent, indent + "  ", OutcomeOf(glyphs, test.Outcome), SafeText.Name(test.Name), Ink.Faint(test.Message is { } why ? $"{glyphs.Dot}{why.ReplaceLineEndings("\n").Split('\n')[0].Trim()}" : ""));
        if (all.Count > most)
            screen.Line(indent, Ink.Faint($"{glyphs.Ellipsis} and {all.Count - most} more tests"));
    }

    /// <summary>Such as "15/15 tests" or "13/15 tests, 1 failed, 1 skipped".</summary>
    public static string Tests(TestCounts tests) =>
        $"{Figures.Count(tests.Passed)}/{Figures.Count(tests.Total)} tests{(tests.Failed > 0 ? $", {tests.Failed} failed" : "")}{(tests.Skipped > 0 ? $", {tests.Skipped} skipped" : "")}";

    private static Phrase OutcomeOf(Glyphs glyphs, TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => Ink.Good($"{glyphs.Tick}passed "),
        TestOutcome.Failed => Ink.Bad($"{glyphs.Cross}failed "),
        _ => Ink.Alert($"{glyphs.Unknown}skipped "),
    };
}
