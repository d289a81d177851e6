using System.Globalization;
using System.Text.RegularExpressions;
using Planlane.Cli.Output;
using Planlane.Summary;

namespace Planlane.Cli.Html;

/// <summary>The diff of one agent, a closed block for each file.</summary>
internal static partial class DiffBlock
{
    public static void Write(HtmlWriter html, AgentDiff? diff)
    {
        if (diff is null)
            return;
        if (diff.Missing is { } missing)
            html.Element("p", $"The diff cannot be read: {missing}", ("class", "aside"));
        if (diff.Files.Count == 0)
            return;
        html.Element("p", diff.Commit is { } commit ? $"Changed in commit {Ids.Short(commit)}" : "Proposed, not committed", ("class", "label"));
        foreach (var file in diff.Files)
            Write(html, file, diff);
    }

    private static void Write(HtmlWriter html, FileDiff file, AgentDiff diff)
    {
        using (html.In("details", ("class", "file")))
        {
            using (html.In("summary"))
            {
                html.Element("code", file.Path);
                html.Element("span", $"+{Figures.Count(file.Added)}", ("class", "added"));
                html.Element("span", $"−{Figures.Count(file.Deleted)}", ("class", "deleted"));
            }

            using (html.In("pre", ("class", "diff"), ("tabindex", "0")))
                WriteLines(html, file);
            if (file.LeftOut > 0)
                html.Element("p", $"{Figures.Counted(file.LeftOut, "more line")} not shown.{(diff.Commit is { } commit ? $" See all: git show {Ids.Short(commit)}" : "")}", ("class", "aside"));
        }
    }

    // Secrets of several lines are masked before the lines are parted.
    private static void WriteLines(HtmlWriter html, FileDiff file)
    {
        var (before, after, isFirst) = (0, 0, true);
        foreach (var line in html.Masked(string.Join('\n', file.Lines)).Split('\n'))
        {
            if (!isFirst)
                html.Text("\n");
            isFirst = false;
            if (HunkHead().Match(line) is { Success: true } hunk)
                (before, after) = (Number(hunk, "before"), Number(hunk, "after"));
            var mark = line.Length == 0 ? ' ' : line[0];
            var isContent = mark is '+' or '-' or ' ' && after + before > 0;
            html.Element("span", isContent ? $"{(mark == '-' ? before : after),5} " : "      ", ("class", "n"), ("aria-hidden", "true"));
            html.Element("span", line, ("class", mark switch { '+' => "added", '-' => "deleted", '@' => "hunk", _ => null }));
            before += isContent && mark is not '+' ? 1 : 0;
            after += isContent && mark is not '-' ? 1 : 0;
        }
    }

    private static int Number(Match hunk, string name) => int.Parse(hunk.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^@@ -(?<before>\d{1,9})(?:,\d+)? \+(?<after>\d{1,9})(?:,\d+)? @@", RegexOptions.CultureInvariant)]
    private static partial Regex HunkHead();
}
