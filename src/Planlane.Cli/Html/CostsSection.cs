using System.Globalization;
using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Summary;

namespace Planlane.Cli.Html;

/// <summary>What was used and what it cost, by who asked and by model; what was estimated; what one agent alone would have cost.</summary>
internal static class CostsSection
{
    public static void Write(HtmlWriter html, RunPageSource source)
    {
        var (state, summary, report) = (source.State, source.Summary, CostReport.From(source.State));
        using (html.In("section", ("id", "costs")))
        {
            html.Element("h2", "Costs");
            if (report.Calls.Count == 0)
            {
                html.Element("p", "No model was paid yet.", ("class", "aside"));
                return;
            }

            using (html.In("div", ("class", "scroll"), ("tabindex", "0")))
            using (html.In("table"))
            {
                Tables.Head(html, "Who", "Model", "#Calls", "#Input", "#Cache read", "#Cache write", "#Output", "#Cost");
                using (html.In("tbody"))
                {
                    foreach (var asker in report.Askers)
                        Row(html, isSum: false, asker.Agent?.Value ?? (asker.IsTriage ? "Triage" : "Planner"), asker.Model.Value, asker.Calls, asker.Usage, asker.Cost);
                    foreach (var model in report.Models)
                        Row(html, isSum: true, "All", model.Model.Value, report.Calls.Count(call => call.Model == model.Model), model.Usage, model.Cost);
                    if (report.Models.Count > 1)
                        Row(html, isSum: true, "All", "", report.Calls.Count, report.Usage, report.Cost);
                }
            }

            html.Element("p", $"{Figures.Percent(summary.CachedShare)} of all input tokens were read from the prompt cache. Prices are those of the catalogue on the day of each call; your invoice is what counts.", ("class", "aside"));
            if (summary.Alone is { } alone)
            {
                html.Element("h3", $"Against one {state.Settings.Planner.Id} agent alone: {Savings.Money(summary.Cost, alone.Cost)}, {Savings.Time(summary.WorkSeconds, alone.Seconds)}");
                html.Element("p", Savings.Basis(alone), ("class", "aside"));
            }

            if (summary.Estimate is { } estimate)
                WriteEstimate(html, estimate);
        }
    }

    private static void WriteEstimate(HtmlWriter html, EstimateOutcome estimate)
    {
        html.Element("h3", "Estimated before the yes, and measured");
        using (html.In("div", ("class", "scroll")))
        using (html.In("table"))
        {
            Tables.Head(html, "", "#Estimated, median–95%", "#Measured");
            using (html.In("tbody"))
            {
                Tables.Row(html, "Cost", $"#{EstimateText.Usd(estimate.Usd)}", $"#{new Cost((decimal)estimate.Usd.Actual)}");
                Tables.Row(html, "Time of work", $"#{EstimateText.Minutes(estimate.Minutes)}", $"#{Figures.Duration(estimate.Minutes.Actual * 60)}");
                Tables.Row(html, "Tokens", $"#{EstimateText.Tokens(estimate.ProcessedTokens)}", $"#{Figures.Count((long)estimate.ProcessedTokens.Actual)}");
                Tables.Row(html, "of them fresh", $"#{EstimateText.Tokens(estimate.FreshTokens)}", $"#{Figures.Count((long)estimate.FreshTokens.Actual)}");
            }
        }
    }

    private static void Row(HtmlWriter html, bool isSum, string who, string model, int calls, Usage usage, Cost cost) => Tables.Row(
        html,
        isSum,
        who,
        model,
        $"#{Figures.Count(calls)}",
        $"#{Figures.Count(usage.Input)}",
        $"#{Figures.Count(usage.CacheRead)}",
        $"#{Figures.Count(usage.CacheWrite + usage.CacheWriteLong)}",
        $"#{Figures.Count(usage.Output)}",
        $"#${cost.Usd.ToString("0.0000", CultureInfo.InvariantCulture)}");
}
