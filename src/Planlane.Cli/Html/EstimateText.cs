using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Summary;

namespace Planlane.Cli.Html;

/// <summary>Estimated ranges in words: from the median to the 95th percentile.</summary>
internal static class EstimateText
{
    private const string Dash = "–";

    public static string Usd(Outcome outcome) => Figures.CostRange(new Cost((decimal)outcome.Median), new Cost((decimal)outcome.High), Dash);

    public static string Minutes(Outcome outcome) => Figures.MinuteRange(outcome.Median, outcome.High, Dash);

    public static string Tokens(Outcome outcome) => $"{Figures.Count((long)outcome.Median)}{Dash}{Figures.Count((long)outcome.High)}";
}
