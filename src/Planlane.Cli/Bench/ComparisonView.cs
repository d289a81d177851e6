using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Planning;
using Planlane.Summary;

namespace Planlane.Cli.Bench;

/// <summary>What a comparison says: its price before anything is paid, where it is, and its table.</summary>
internal static class ComparisonView
{
    /// <summary>What will be run and what it is expected to cost.</summary>
    public static void Price(Screen screen, Comparison comparison)
    {
        var (divided, alone) = (comparison.Divided, comparison.Alone);
        screen.Line(Ink.Title($"{screen.Glyphs.Plan}COMPARISON"), $": your request by Planlane and by one agent alone{(comparison.Times == 1 ? "" : $", {comparison.Times} times each")}");
        screen.Hanging("", "  ", Ink.Faint("Request: "), comparison.Request.Goal);
        screen.Hanging("  ", "    ", Ink.Strong("Planlane: "), Expected(screen, comparison.Price.Divided), Ink.Faint($" (planned by {divided.Planner.Id}, agents on {divided.Agent.Id})"));
        screen.Hanging("  ", "    ", Ink.Strong("One agent alone: "), Expected(screen, comparison.Price.Alone), Ink.Faint($" ({alone.Agent.Id}, with the same tools, the same checks and a rolling prompt cache)"));
        screen.Hanging(
            "  ",
            "    ",
            Ink.Strong("Together: "),
            Ink.Strong(EstimateLines.Usd(screen, comparison.Price.Usd(comparison.Times))),
            $", and never more than {comparison.Cap}: what that does not cover is not sent.");
        screen.Hanging(
            "  ",
            "    ",
            Ink.Faint($"(a rule of thumb for {Figures.Counted(comparison.Price.Files, "file")}, as nobody has planned the work: half of such runs stay below the lower figure, 95% below the higher)"));
        if (comparison.IsScripted)
            Scripted(screen);
        screen.Hanging("", "  ", "Nothing of it lands: your files, index and branches stay as they are, and the work of both is thrown away.");
    }

    /// <summary>How to go on with it, whatever happens to this process.</summary>
    public static void Kept(Screen screen, Comparison comparison) => screen.Line(Ink.Faint("If it is stopped, go on: "), CommandOf(comparison));

    /// <summary>Which run begins.</summary>
    public static void Begin(Screen screen, Comparison comparison, int time, Arm arm)
    {
        screen.Blank();
        var number = comparison.Order.ToList().IndexOf((time, arm)) + 1;
        screen.Line(Ink.Title($"{screen.Glyphs.Launch}{number} of {comparison.Times * 2}: {(arm is Arm.Planlane ? "Planlane" : "one agent alone")}"), comparison.Find(time, arm) is { } run ? $", goes on (run {run.Run})" : "");
    }

    /// <summary>The table, and what it stands on.</summary>
    public static void Result(Screen screen, Comparison comparison, IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples, Cost spent)
    {
        screen.Blank();
        var isWhole = samples.Count == comparison.Times * 2;
        screen.Hanging("", "  ", isWhole ? Ink.Good($"{screen.Glyphs.Done}COMPARED") : Ink.Alert($"{screen.Glyphs.Warning}COMPARED IN PART"), $": {comparison.Request.Goal}");
        if (comparison.IsScripted)
            Scripted(screen);
        Table(screen, ComparisonTable.Rows(samples, screen.Glyphs));
        foreach (var (place, sample) in samples.Where(sample => sample.Sample.End is not SampleEnd.Worked))
            screen.Hanging("", "  ", Ink.Alert($"{(place.Arm is Arm.Planlane ? "Planlane" : "One agent alone")}{(sample.End is SampleEnd.Declined ? " declined" : " ended without work")}: "), $"{sample.Reason} It cost {sample.Cost} (run {sample.Run}).");
        screen.Hanging("", "  ", Ink.Faint(Basis(comparison, samples)));
        screen.Hanging("", "  ", Ink.Faint("Runs: "), string.Join(", ", samples.Select(sample => $"{sample.Sample.Run} ({(sample.Place.Arm is Arm.Planlane ? "Planlane" : "alone")})")), Ink.Faint("; see one: "), "planlane show RUN");
        screen.Line(Ink.Faint("Spent: "), Ink.Strong(spent.ToString()), comparison.IsScripted ? " (computed, not paid)" : "");
    }

    /// <summary>What was spent on a comparison that ended before its end, and how to go on with it.</summary>
    public static void Unfinished(Screen screen, Comparison comparison, IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples, Cost spent, bool isKept, bool isAtCap)
    {
        if (NextOf(comparison, samples) is not { } next)
            return;
        screen.Hanging("", "  ", Ink.Alert($"{samples.Count} of {comparison.Times * 2} runs have ended. "), $"{spent} {(comparison.IsScripted ? "was computed, nothing was paid." : "was spent.")}{(isKept ? " What was paid for is kept." : " The sample repository is removed.")}");
        if (isKept)
            screen.Line("Go on: ", Ink.Strong($"{next}{(isAtCap ? " --budget AMOUNT" : "")}"), isAtCap ? $" (AMOUNT is for all of it; it was {comparison.Cap})" : "");
    }

    /// <summary>The command that goes on with a comparison that has runs left; null when it has none.</summary>
    public static string? NextOf(Comparison comparison, IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples) =>
        samples.Count < comparison.Times * 2 && !samples.Any(sample => sample.Sample.End is SampleEnd.Declined) ? CommandOf(comparison) : null;

    private static string CommandOf(Comparison comparison) => $"planlane bench --resume {comparison.Id}";

    private static void Table(Screen screen, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var heads = ComparisonTable.Heads;
        if (screen.IsPlain)
        {
            foreach (var row in rows)
                screen.Hanging("  ", "    ", $"{row[0]}: {string.Join(", ", heads.Zip(row).Skip(1).Where(cell => cell.Second.Length > 0).Select(cell => $"{cell.First} {cell.Second}"))}");
            return;
        }

        var widths = heads.Select((head, column) => Math.Max(head.Length, rows.Max(row => row[column].Length))).ToList();
        screen.Line(Ink.Faint(Laid(heads)));
        foreach (var row in rows)
            screen.Line(Laid(row));

        string Laid(IReadOnlyList<string> cells) => ("  " + string.Join("  ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))).TrimEnd();
    }

    private static string Basis(Comparison comparison, IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples) => Math.Min(CountOf(samples, Arm.Planlane), CountOf(samples, Arm.Alone)) switch
    {
        0 => "Only one side has run, so nothing is compared.",
        1 => "(one run of each is one sample: the same model takes several times more or less on another day; --times 5 shows how far they lie apart)",
        var count => $"(medians of {count} runs of each, lowest and highest in brackets{(comparison.Times > 1 ? "; who went first alternated" : "")}; runs that follow each other closely may read each other's prompts from the cache)",
    };

    private static int CountOf(IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples, Arm arm) => samples.Count(sample => sample.Place.Arm == arm);

    private static string Expected(Screen screen, EstimatedWork work) => $"{EstimateLines.Usd(screen, work.Usd)}, {EstimateLines.Minutes(screen, work.Minutes)}";

    private static void Scripted(Screen screen) => screen.Hanging(
        "",
        "  ",
        Ink.Alert("Scripted: "),
        "the model is scripted and simulated on this machine, so its tokens, prices and times are computed, not paid. The script of the one agent looks at nothing first and makes no mistake, "
            + "which no real model does: read its figures as the least that one agent could need.");
}
