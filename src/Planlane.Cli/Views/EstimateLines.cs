using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>The lines that say what a plan is expected to cost, and at the end what it became.</summary>
internal static class EstimateLines
{
    // Below this an estimate is given in single tokens.
    private const double RoundFrom = 10_000;

    /// <summary>What one task is expected to take and cost; nothing where nothing is estimated.</summary>
    public static string? OfTask(Screen screen, PlanEstimate? estimate, TaskId id) => estimate?.Tasks.FirstOrDefault(task => task.Task == id) is { } task
        ? $"{Minutes(screen, task.Work.Minutes)}, {Usd(screen, task.Work.Usd)}"
        : null;

    /// <summary>What the whole is expected to cost and take, beside one agent alone, and where the figures come from.</summary>
    public static void Write(Screen screen, RunState state)
    {
        if (state.Estimate is { } single && state.Settings.Mode is RunMode.Single)
            WriteSingle(screen, single.Total);
        else if (state.Estimate is { } estimate)
            Write(screen, estimate, state.Settings.Planner.Id);
        if (state.Settings.Budget is { } budget)
            screen.Line(Ink.Faint($"Budget: {budget}, of which {BudgetRules.Spent(state)} is spent{(state.Settings.Mode is RunMode.Single ? "" : " on planning")}."));
    }

    /// <summary>What was estimated and what it became, in one line.</summary>
    public static void WriteOutcome(Screen screen, EstimateOutcome outcome) => screen.Hanging(
        "",
        "  ",
        Ink.Faint("Estimated: "),
        $"{Usd(screen, SpreadOf(outcome.Usd))}, was {new Cost((decimal)outcome.Usd.Actual)}",
        $"; {Minutes(screen, SpreadOf(outcome.Minutes))}, was {Figures.Duration(outcome.Minutes.Actual * 60)}",
        $"; {Tokens(screen, SpreadOf(outcome.ProcessedTokens))} tokens, was {Figures.Count((long)outcome.ProcessedTokens.Actual)}");

    /// <summary>A range of dollars.</summary>
    public static string Usd(Screen screen, Spread usd) => Figures.CostRange(new Cost((decimal)usd.Median), new Cost((decimal)usd.High), screen.Glyphs.Range);

    /// <summary>A range of time.</summary>
    public static string Minutes(Screen screen, Spread minutes) => Figures.MinuteRange(minutes.Median, minutes.High, screen.Glyphs.Range);

    private static void Write(Screen screen, PlanEstimate estimate, ModelId planner)
    {
        var (total, alone, dot) = (estimate.Total, estimate.Alone, screen.Glyphs.Dot);
        screen.Hanging(
            "",
            "  ",
            Ink.Strong("Estimated: "),
            Ink.Strong($"{Usd(screen, total.Usd)}, {Minutes(screen, total.Minutes)}"),
            $", {Tokens(screen, total.ProcessedTokens)} tokens ({Tokens(screen, total.FreshTokens)} of them fresh)",
            $"{dot}one {planner} agent alone: {Usd(screen, alone.Usd)}, {Minutes(screen, alone.Minutes)}, {Tokens(screen, alone.ProcessedTokens)} tokens",
            $"{dot}{Savings(SavedPercentOf(total.Usd, alone.Usd), SavedPercentOf(total.Minutes, alone.Minutes))}");
        screen.Hanging("  ", "  ", Ink.Faint($"({Basis(estimate.Basis)}; half of such runs stay below the lower figure, 95% below the higher)"));
    }

    // One agent alone is not compared with itself.
    private static void WriteSingle(Screen screen, EstimatedWork total) => screen.Hanging(
        "",
        "  ",
        Ink.Strong("Estimated: "),
        Ink.Strong($"{Usd(screen, total.Usd)}, {Minutes(screen, total.Minutes)}"),
        $"{screen.Glyphs.Dot}a rule of thumb, as nobody has planned the work");

    private static string Basis(EstimateExperience basis) => basis.Runs == 0
        ? "from the catalogue's prices and speeds; no earlier run here"
        : $"adjusted by {Figures.Counted(basis.Runs, "earlier run")} here";

    private static string Savings(int money, int time) => (money, time) switch
    {
        ( > 0, > 0) => $"saves about {money}% cost, {time}% time",
        ( > 0, _) => $"saves about {money}% cost, but no time",
        (_, > 0) => $"saves about {time}% time, but no cost",
        _ => "saves nothing; one agent alone may be the better choice",
    };

    // An estimate is not known to the percent.
    private static int SavedPercentOf(Spread part, Spread whole) =>
        (int)Math.Round(Figures.SavedPercent(part.Median, whole.Median) / 10.0, MidpointRounding.AwayFromZero) * 10;

    private static Spread SpreadOf(Outcome outcome) => new(outcome.Median, outcome.High);

    private static string Tokens(Screen screen, Spread tokens)
    {
        var unit = tokens.Median >= RoundFrom ? 1_000 : 100;
        var (low, high) = (Rounded(tokens.Median, unit), Rounded(tokens.High, unit));
        return low == high ? Figures.Count(high) : $"{Figures.Count(low)}{screen.Glyphs.Range}{Figures.Count(high)}";
    }

    private static long Rounded(double tokens, int unit) => (long)Math.Round(tokens / unit) * unit;
}
