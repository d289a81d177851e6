using System.Globalization;
using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Views;

/// <summary>What a run used and cost, by who asked and by model, to a hundredth of a cent.</summary>
internal static class CostsView
{
    private static readonly string[] Heads = ["who", "task", "model", "calls", "in", "out", "cache read", "cache write", "cost"];
    private static readonly string[] NarrowHeads = ["who", "model", "calls", "in", "out", "read", "write", "cost"];
    private const int Texts = 3;
    private const string Maker = "claude-";

    public static void Write(Screen screen, RunState state)
    {
        var report = CostReport.From(state);
        screen.Line(Ink.Strong($"Costs of run {state.Id}"), $"{screen.Glyphs.Dot}{Figures.Counted(report.Calls.Count, "call")}");
        Notices.WriteScripted(screen, state);
        if (report.Calls.Count == 0)
        {
            screen.Line("No model was paid yet.");
            return;
        }

        var askers = report.Askers.Select(Row).ToList();
        WriteTable(screen, [.. askers, .. report.Models.Select(model => Row(report, model)), Row(report)], askers.Count);
        WriteBudgets(screen, state, report);
        if (report.Calls.Count(call => call.IsLost) is > 0 and var lost)
            screen.Hanging("", "  ", Ink.Faint($"{Figures.Counted(lost, "call")} of agents brought no answer and {(lost == 1 ? "was" : "were")} billed as far as the API told; more may have been."));
        screen.Hanging("", "  ", Ink.Faint($"Prices of the catalogue on the day of each call ({string.Join(", ", report.Models.Select(model => PriceOf(state, model)))}); your invoice is what counts."));
    }

    private static void WriteTable(Screen screen, IReadOnlyList<string[]> rows, int askers)
    {
        if (screen.IsPlain)
        {
            foreach (var row in rows)
                screen.Hanging("  ", "    ", $"{string.Join(" ", row.Take(Texts).Where(cell => cell.Length > 0))}: {string.Join(", ", Heads.Zip(row).Skip(Texts).Select(cell => $"{cell.First} {cell.Second}"))}");
            return;
        }

        if (WidthOf(Heads, rows) <= screen.Width)
        {
            WriteTable(screen, Heads, Texts, rows, askers);
            return;
        }

        // What can be known from elsewhere goes first: the task from the agent, the maker from the model.
        WriteTable(screen, NarrowHeads, Texts - 1, [.. rows.Select(Narrow)], askers);
        screen.Hanging("  ", "  ", Ink.Faint("read and write: tokens read from and written to the prompt cache"));
    }

    private static void WriteTable(Screen screen, string[] heads, int texts, IReadOnlyList<string[]> rows, int askers)
    {
        var widths = WidthsOf(heads, rows);
        screen.Line(Ink.Faint(Laid(heads, widths, texts)));
        foreach (var (index, row) in rows.Index())
        {
            if (index == askers || index == rows.Count - 1)
                screen.Line(Ink.Faint($"  {new string('─', widths.Sum() + (2 * (widths.Length - 1)))}"));
            screen.Line(index == rows.Count - 1 ? Ink.Strong(Laid(row, widths, texts)) : Laid(row, widths, texts));
        }
    }

    private static string[] Narrow(string[] row) => [row[0], row[2].Replace(Maker, "", StringComparison.Ordinal), .. row.Skip(Texts)];

    private static int[] WidthsOf(string[] heads, IReadOnlyList<string[]> rows) => [.. heads.Select((head, column) => Math.Max(head.Length, rows.Max(row => row[column].Length)))];

    private static int WidthOf(string[] heads, IReadOnlyList<string[]> rows) => WidthsOf(heads, rows).Sum(width => width + 2);

    private static void WriteBudgets(Screen screen, RunState state, CostReport report)
    {
        var shared = state.Settings.SharedBudgets;
        var caps = new[] { ("this run", state.Settings.Budget), ("all runs of a day", shared.Day), ("all runs of this repository", shared.Repository) }.Where(cap => cap.Item2 is not null).ToList();
        if (caps.Count > 0)
            screen.Hanging("", "  ", Ink.Faint($"Budget: {string.Join(", ", caps.Select(cap => $"{cap.Item2} for {cap.Item1}"))}."));
        if (state.End is null)
            screen.Hanging("", "  ", WorkLeft.Of(state).ToString());
    }

    private static string[] Row(AskerCost asker) => [asker.Who, asker.Task?.Value ?? "", asker.Model.Value, Figures.Count(asker.Calls), .. Tokens(asker.Usage), Exact(asker.Cost)];

    private static string[] Row(CostReport report, ModelTotal model) =>
        ["all", "", model.Model.Value, Figures.Count(report.Calls.Count(call => call.Model == model.Model)), .. Tokens(model.Usage), Exact(model.Cost)];

    private static string[] Row(CostReport report) => ["all", "", "", Figures.Count(report.Calls.Count), .. Tokens(report.Usage), Exact(report.Cost)];

    private static string[] Tokens(Usage usage) => [Figures.Count(usage.Input), Figures.Count(usage.Output), Figures.Count(usage.CacheRead), Figures.Count(usage.CacheWrite + usage.CacheWriteLong)];

    private static string Exact(Cost cost) => $"${cost.Usd.ToString("0.0000", CultureInfo.InvariantCulture)}";

    private static string PriceOf(RunState state, ModelTotal model) => state.Settings.Find(model.Model) is { } facts
        ? $"{model.Model} as of {facts.PriceOn(DateOnly.FromDateTime(state.LastAt.UtcDateTime)).From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
        : model.Model.Value;

    private static string Laid(string[] cells, int[] widths, int texts) =>
        ("  " + string.Join("  ", cells.Select((cell, column) => column < texts ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))).TrimEnd();
}
