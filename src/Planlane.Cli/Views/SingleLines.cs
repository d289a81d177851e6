using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>What is shown of a run of one agent in another way than of one of several.</summary>
internal static class SingleLines
{
    /// <summary>Writes what it is expected to cost: a rule of thumb, as nobody has planned the work.</summary>
    public static void WriteEstimate(Screen screen, RunState state)
    {
        var (estimate, range) = (state.Estimate!, screen.Glyphs.Range);
        screen.Hanging(
            "",
            "  ",
            Ink.Strong("Estimated: "),
            Ink.Strong($"{Figures.CostRange(estimate.Low, estimate.High, range)}, {Figures.MinuteRange(estimate.MinutesLow, estimate.MinutesHigh, range)}"),
            $"{screen.Glyphs.Dot}a rule of thumb, as nobody has planned the work");
        if (state.Settings.Budget is { } budget)
            screen.Line(Ink.Faint($"Budget: {budget}, of which {BudgetRules.Spent(state)} is spent."));
    }
}
