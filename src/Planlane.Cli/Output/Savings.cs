using Planlane.Budgets;

namespace Planlane.Cli.Output;

/// <summary>What a run saved against one agent alone, in words; a loss is said as one.</summary>
internal static class Savings
{
    public static string Money(Cost run, Cost alone) => alone.Usd >= run.Usd
        ? $"{alone - run} less ({Figures.SavedPercent((double)run.Usd, (double)alone.Usd)}%)"
        : $"{run - alone} more";

    public static string Time(double run, double alone) => alone >= run
        ? $"{Figures.Duration(alone - run)} faster ({Figures.SavedPercent(run, alone)}%)"
        : $"{Figures.Duration(run - alone)} slower";

    /// <summary>How the figures of one agent alone came about.</summary>
    public static string Basis(Counterfactual alone) =>
        $"The agent alone would take {alone.Turns} turns for these files with a rolling prompt cache, write {Figures.Count(alone.Usage.Output)} tokens and cost {alone.Cost} in "
        + $"{Figures.Duration(alone.Seconds)}, from the tokens and speeds measured in this run; an estimate, not a measurement.";
}
