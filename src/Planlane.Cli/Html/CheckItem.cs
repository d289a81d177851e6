using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reports;

namespace Planlane.Cli.Html;

/// <summary>A check's result in a list of evidence; of a failed one also what it said.</summary>
internal static class CheckItem
{
    private const int MostOutput = 6_000;
    private const int MostTests = 200;

    public static void Write(HtmlWriter html, CheckResult check, string? label)
    {
        using (html.In("li"))
        {
            html.Element("span", check.Passed ? "passed" : "failed", ("class", check.Passed ? "mark good" : "mark bad"));
            using (html.In("div"))
            {
                html.Text($"{(label is null ? "" : $"{label}: ")}{check.Name}{(check.Tests is { } tests ? $", {CheckLines.Tests(tests)}" : "")}");
                var held = check.Name == CheckResult.Compile ? "" : check.IsSandboxed ? check.HeldBy is { } name ? $" · in {name}" : "" : " · not sandboxed";
                html.Element("span", $"{check.Command} · {Figures.Duration(check.Seconds)}{held}", ("class", "beside"));
                if (!check.Passed)
                    WriteFailure(html, check);
                WriteTests(html, check);
            }
        }
    }

    private static void WriteFailure(HtmlWriter html, CheckResult check)
    {
        if (FailureRules.HintOf(check) is { } hint)
            html.Element("p", hint, ("class", "aside"));
        var text = check.Diagnostics.Count > 0 ? string.Join('\n', check.Diagnostics.Select(item => item.Text)) : check.Output;
        if (text.Trim().Length > 0)
            html.Element("pre", text.Length > MostOutput ? $"…{text[^MostOutput..]}" : text, ("class", "code"), ("tabindex", "0"));
    }

    private static void WriteTests(HtmlWriter html, CheckResult check)
    {
        if (check.Cases.Count == 0)
            return;
        using (html.In("details", ("open", check.Passed ? null : "open")))
        {
            html.Element("summary", $"{Figures.Counted(check.Cases.Count, "test")} by name");
            using (html.In("ul", ("class", "tests")))
                foreach (var test in check.Cases.Take(MostTests))
                    using (html.In("li"))
                    {
                        var (word, mark) = test.Outcome switch { TestOutcome.Passed => ("passed", "good"), TestOutcome.Failed => ("failed", "bad"), _ => ("skipped", "mixed") };
                        html.Element("span", word, ("class", $"mark {mark}"));
                        html.Element("span", test.Message is { } why ? $"{SafeText.Name(test.Name)}: {why}" : SafeText.Name(test.Name));
                    }

            if (check.Cases.Count > MostTests)
                html.Element("p", $"and {check.Cases.Count - MostTests} more", ("class", "aside"));
        }
    }
}
