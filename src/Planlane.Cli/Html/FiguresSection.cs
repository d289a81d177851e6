using Planlane.Cli.Output;
using Planlane.Reports;

namespace Planlane.Cli.Html;

/// <summary>The figures of a run at a glance; all measured, but for the saving, which says that it is estimated.</summary>
internal static class FiguresSection
{
    public static void Write(HtmlWriter html, RunPageSource source)
    {
        var (state, summary) = (source.State, source.Summary);
        using (html.In("dl", ("class", "figures")))
        {
            Figure(html, "Cost", summary.Cost.ToString(), summary.Estimate is { } estimate ? $"estimated {EstimateText.Usd(estimate.Usd)}" : state.Settings.Budget is { } cap ? $"of {cap}" : null);
            Figure(html, "Time of work", Figures.Duration(summary.WorkSeconds), state.HumanSeconds >= 1 ? $"and {Figures.Duration(state.HumanSeconds)} waiting for you" : null);
            if (state.Tasks.Count > 0)
                Figure(html, "Agents", Figures.Count(summary.Agents), summary.Stages.Count > 1 ? $"in {summary.Stages.Count} stages" : null);
            if (state.Work is not null)
                Figure(html, "Files", Figures.Count(summary.Files.Count), $"+{Figures.Count(summary.AddedLines)} −{Figures.Count(summary.DeletedLines)} lines");
            if (state.Work is not null)
                Figure(html, "Tests passed", summary.Tests is { } tests ? $"{Figures.Count(tests.Passed)}/{Figures.Count(tests.Total)}" : "none counted", TestsBeside(summary.Tests));
            if (state.Calls.Count > 0)
                Figure(html, "Tokens", Figures.Count(summary.Usage.Total), $"{Figures.Percent(summary.CachedShare)} of input from the cache");
            if (summary.Alone is { } alone)
                Figure(html, "Saved, estimated", alone.Cost > summary.Cost ? (alone.Cost - summary.Cost).ToString() : "nothing", $"{(alone.Cost > summary.Cost ? $"{Figures.SavedPercent((double)summary.Cost.Usd, (double)alone.Cost.Usd)}%" : Savings.Money(summary.Cost, alone.Cost))}, {Savings.Time(summary.WorkSeconds, alone.Seconds)} than one agent");
        }
    }

    private static string? TestsBeside(TestCounts? tests) => tests is { Failed: > 0 } or { Skipped: > 0 }
        ? string.Join(", ", new[] { (tests.Failed, "failed"), (tests.Skipped, "skipped") }.Where(part => part.Item1 > 0).Select(part => $"{Figures.Count(part.Item1)} {part.Item2}"))
        : null;

    private static void Figure(HtmlWriter html, string name, string value, string? beside)
    {
        using (html.In("div"))
        {
            html.Element("dt", name);
            html.Element("dd", value);
            if (beside is not null)
                html.Element("dd", beside, ("class", "beside"));
        }
    }
}
