using Planlane.Cli.Output;

namespace Planlane.Cli.Html;

/// <summary>Where the time went: the drawing, and how long each stage was worked on.</summary>
internal static class TimeSection
{
    public static void Write(HtmlWriter html, RunPageSource source)
    {
        using (html.In("section", ("id", "time")))
        {
            html.Element("h2", "Time");
            TimeDrawing.Write(html, source);
            using (html.In("ul", ("class", "legend")))
                foreach (var (name, mark) in TimeDrawing.Legend(source.Timeline))
                    using (html.In("li"))
                    {
                        html.Element("span", "", ("class", $"key {mark}"), ("aria-hidden", "true"));
                        html.Text(name);
                    }

            WriteStages(html, source);
        }
    }

    private static void WriteStages(HtmlWriter html, RunPageSource source)
    {
        if (source.Summary.Stages.Count == 0)
            return;
        using (html.In("div", ("class", "scroll")))
        using (html.In("table"))
        {
            Tables.Head(html, "Stage", "#Agents", "#Time of work");
            using (html.In("tbody"))
                foreach (var stage in source.Summary.Stages)
                    Tables.Row(html, $"{stage.Number}{(stage.Title is null ? "" : $": {stage.Title}")}", $"#{stage.Agents}", $"#{Figures.Duration(stage.Seconds)}");
        }

        if (source.Summary.Stages.Count > 1)
            html.Element("p", "Stages overlap: a task starts when what it depends on is there, not when a stage is over.", ("class", "aside"));
    }
}
