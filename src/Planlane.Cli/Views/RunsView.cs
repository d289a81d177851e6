using System.Globalization;
using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The runs of a repository, a line each.</summary>
internal static class RunsView
{
    private static readonly string[] Heads = ["run", "started", "status", "cost", "request"];

    public static void Write(Screen screen, IReadOnlyList<RunState> runs)
    {
        if (runs.Count == 0)
        {
            screen.Line("There is no run in this repository yet. Start one: ", Ink.Strong("planlane \"REQUEST\""));
            return;
        }

        var rows = runs.Select(Row).ToList();
        var widths = Enumerable.Range(0, Heads.Length - 1).Select(column => Math.Max(Heads[column].Length, rows.Max(row => row[column].Length))).ToArray();
        if (!screen.IsPlain)
            screen.Line(Ink.Faint(Laid(Heads, widths) + Heads[^1]));
        for (var i = 0; i < rows.Count; i++)
            if (screen.IsPlain)
                screen.Hanging("", "  ", $"{rows[i][0]}: {rows[i][2]}, started {rows[i][1]}, cost {rows[i][3]}, {rows[i][4]}");
            else
                screen.Line(Coloured(runs[i], Laid(rows[i], widths)), Cut(screen, rows[i][^1], widths.Sum() + (2 * widths.Length)));
        WriteNext(screen, runs);
    }

    private static void WriteNext(Screen screen, IReadOnlyList<RunState> runs)
    {
        var open = runs.FirstOrDefault(run => run.End is null);
        screen.Blank();
        screen.Line(Ink.Faint(open is null ? "See one: " : "Go on: "), open is null ? $"planlane show {runs[0].Id}" : RunStatus.NextCommand(open)!);
    }

    private static string Cut(Screen screen, string title, int indent) =>
        title.Length > screen.Width - indent ? title[..Math.Max(0, screen.Width - indent - 1)] + screen.Glyphs.Ellipsis : title;

    private static Phrase Coloured(RunState run, string text) => run switch
    {
        { End: null } => new Phrase(text, Ink.Alert("").Style),
        { End.Outcome: RunOutcome.Failed } => Ink.Removed(text),
        _ => text,
    };

    private static string[] Row(RunState run) =>
    [
        run.Id.Value, run.StartedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC", RunStatus.Of(run).Words, BudgetRules.Spent(run).ToString(), run.Request.Title,
    ];

    private static string Laid(string[] cells, int[] widths) => string.Concat(widths.Select((width, column) => cells[column].PadRight(width) + "  "));
}
