using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>A file of a review, and its hunks with the numbers of the proposed lines.</summary>
internal static class ReviewFileView
{
    private const int Gutter = 6;

    /// <summary>Writes what the file is and what makes it risky.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="file">The file.</param>
    /// <param name="agent">Whose it is.</param>
    /// <param name="place">Such as <c>3/9</c>.</param>
    public static void WriteHead(Screen screen, ReviewFile file, AgentId agent, string place)
    {
        screen.Blank();
        screen.Hanging(
            "",
            "  ",
            Ink.Strong($"[{place}] "), Ink.Agent(agent), " ", Ink.Strong(SafeText.Name(file.Path.Value)),
            Ink.Faint($"  {VerbOf(file)}  "), Ink.Added($"+{Figures.Count(file.Added)}"), " ", Ink.Removed($"{screen.Glyphs.Minus}{Figures.Count(file.Deleted)}"),
            Ink.Faint(MarksOf(screen.Glyphs, file)));
        foreach (var risk in file.Risks)
            screen.Hanging("  ", "    ", Ink.Alert("Look: "), SafeText.Name(risk.Words));
    }

    /// <summary>Writes hunks; at most a number of rows, and how many lines are left.</summary>
    public static void WriteHunks(Screen screen, ValueList<ReviewHunk> hunks, int most)
    {
        var (left, shown) = (most, 0);
        foreach (var hunk in hunks)
        {
            if (left <= 0)
                break;
            var fitting = hunk.Lines.TakeWhile(line => (left -= RowsOf(screen, line)) > 0).Count();
            WriteHunk(screen, hunk, fitting);
            shown += fitting;
        }

        if (hunks.Sum(hunk => hunk.Lines.Count) - shown is > 0 and var more)
            screen.Line("  ", Ink.Faint($"{screen.Glyphs.Ellipsis} and {Figures.Counted(more, "more line")}; d shows all, p in your pager"));
    }

    // Long lines wrap below themselves.
    private static int RowsOf(Screen screen, string line) => 1 + (Math.Max(0, line.Length - 1) / Math.Max(20, screen.Width - Gutter));

    /// <summary>Writes a hunk.</summary>
    public static void WriteHunk(Screen screen, ReviewHunk hunk, int most = int.MaxValue)
    {
        screen.Hanging("  ", "    ", Ink.Title(hunk.Header));
        var number = hunk.NewStart;
        foreach (var line in hunk.Lines.Take(most))
        {
            var isNew = line[0] is '+' or ' ';
            screen.Labelled([Ink.Faint(isNew ? $"{number,5} " : "      ")], Coloured(line));
            number += isNew ? 1 : 0;
        }
    }

    /// <summary>How a file changes, in a word.</summary>
    public static string VerbOf(ReviewFile file) => file.Kind switch { FileChangeKind.Created => "created", FileChangeKind.Deleted => "deleted", _ => "changed" };

    private static string MarksOf(Glyphs glyphs, ReviewFile file)
    {
        var marks = new List<string>();
        if (file.Standing is ReviewStanding.LeftOut)
            marks.Add("left out");
        if (file.Standing is ReviewStanding.LeftOutInPart)
            marks.Add("left out in part");
        if (file.ChangedSinceLastLook)
            marks.Add("changed since your last look");
        if (file.IsViewed)
            marks.Add("viewed");
        return string.Concat(marks.Select(mark => glyphs.Dot + mark));
    }

    private static Phrase Coloured(string line) => line[0] switch
    {
        '+' => Ink.Added(line),
        '-' => Ink.Removed(line),
        '\\' => Ink.Faint(line),
        _ => line,
    };
}
