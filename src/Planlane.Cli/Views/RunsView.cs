using System.Globalization;
using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Views;

/// <summary>The runs of a repository, a line each, and the commands that go on with those that are not over.</summary>
internal static class RunsView
{
    private const int MostNext = 3;

    // What else there is is worth less than the words of the request.
    private const int LeastRequest = 24;

    private static readonly Column[] Columns =
    [
        new("run", run => run.Id.Value),
        new("started (UTC)", run => run.StartedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
        new("status", run => RunStatus.Of(run).Words),
        new("agents", run => Figures.Count(run.Agents), IsFigure: true, IsSpare: true),
        new("files", run => Figures.Count(run.Files), IsFigure: true, IsSpare: true),
        new("cost", run => run.Cost.ToString(), IsFigure: true),
    ];

    /// <param name="screen">Where it goes.</param>
    /// <param name="runs">The runs, the newest first.</param>
    /// <param name="more">How many more there are.</param>
    /// <param name="isFiltered">Whether there are runs that were not asked for.</param>
    public static void Write(Screen screen, IReadOnlyList<RunOverview> runs, int more = 0, bool isFiltered = false)
    {
        if (runs.Count == 0)
        {
            screen.Line(isFiltered ? "No run is like that. All of them: " : "There is no run in this repository yet. Start one: ", Ink.Strong(isFiltered ? "planlane runs" : "planlane \"REQUEST\""));
            return;
        }

        if (screen.IsPlain)
            foreach (var run in runs)
                screen.Hanging("", "  ", $"{run.Id}: {RunStatus.Of(run).Words}, started {run.StartedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, {Figures.Counted(run.Agents, "agent")}, {Figures.Counted(run.Files, "file")}, cost {run.Cost}, {RequestOf(run)}");
        else
            WriteTable(screen, runs);
        if (more > 0)
            screen.Line(Ink.Faint($"and {Figures.Count(more)} more; all of them: "), "planlane runs --limit 0");
        WriteNext(screen, runs);
    }

    private static void WriteTable(Screen screen, IReadOnlyList<RunOverview> runs)
    {
        var columns = Fitting(screen, runs);
        var widths = columns.Select(column => Math.Max(column.Head.Length, runs.Max(run => column.Cell(run).Length))).ToArray();
        screen.Line(Ink.Faint($"{Laid(columns, widths, column => column.Head)}request"));
        foreach (var run in runs)
            screen.Line(Coloured(run, Laid(columns, widths, column => column.Cell(run))), Cut(screen, RequestOf(run), widths.Sum() + (2 * widths.Length)));
    }

    private static Column[] Fitting(Screen screen, IReadOnlyList<RunOverview> runs)
    {
        var all = Columns.Sum(column => Math.Max(column.Head.Length, runs.Max(run => column.Cell(run).Length)) + 2);
        return screen.Width - all >= LeastRequest ? Columns : [.. Columns.Where(column => !column.IsSpare)];
    }

    private static void WriteNext(Screen screen, IReadOnlyList<RunOverview> runs)
    {
        var open = runs.Where(run => run.End is null).Take(MostNext).ToList();
        screen.Blank();
        foreach (var run in open)
            screen.Line(Ink.Faint("Go on: "), RunStatus.NextCommand(run)!);
        if (open.Count == 0)
            screen.Line(Ink.Faint("See one: "), $"planlane show {runs[0].Id}");
    }

    private static string RequestOf(RunOverview run) => run.After is { } after ? $"(after {after}) {run.Title}" : run.Title;

    private static string Cut(Screen screen, string title, int indent) =>
        title.Length > screen.Width - indent ? title[..Math.Max(0, screen.Width - indent - 1)] + screen.Glyphs.Ellipsis : title;

    private static Phrase Coloured(RunOverview run, string text) => run switch
    {
        { End: null } => new Phrase(text, Ink.Alert("").Style),
        { End.Outcome: RunOutcome.Failed } => Ink.Removed(text),
        _ => text,
    };

    private static string Laid(Column[] columns, int[] widths, Func<Column, string> cell) =>
        string.Concat(columns.Select((column, index) => (column.IsFigure ? cell(column).PadLeft(widths[index]) : cell(column).PadRight(widths[index])) + "  "));

    private sealed record Column(string Head, Func<RunOverview, string> Cell, bool IsFigure = false, bool IsSpare = false);
}
