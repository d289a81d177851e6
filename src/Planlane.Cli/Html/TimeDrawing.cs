using Planlane.Cli.Output;
using Planlane.Runs;
using Planlane.Summary;

namespace Planlane.Cli.Html;

/// <summary>Draws the run by time: a row for the planner, for each agent, for the checks of all work, for the landing; waits for a human run through all rows.</summary>
internal static class TimeDrawing
{
    private const double Width = 960;
    private const double Gutter = 96;
    private const double RowHeight = 24;
    private const double Top = 24;

    public static void Write(HtmlWriter html, RunPageSource source)
    {
        var (state, timeline) = (source.State, source.Timeline);
        var waits = timeline.Spans.Where(span => span.Kind is SpanKind.Human or SpanKind.Stopped).OrderBy(span => span.Start).ToList();
        var last = timeline.Spans.Where(span => span.Kind is not SpanKind.Stopped).Select(span => span.End).DefaultIfEmpty(0).Max();
        if (last <= 0)
            return;
        var scale = new TimeScale(last, [.. Idle(timeline, waits, last)], Width - Gutter - 28);
        var rows = RowsOf(state, timeline);
        var height = Top + (rows.Count * RowHeight) + 4;
        using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Time chart")))
        using (html.In("svg", ("class", "time"), ("viewBox", $"0 0 {Ids.Number(Width)} {Ids.Number(height)}"), ("width", Ids.Number(Width)), ("height", Ids.Number(height)), ("role", "img"), ("aria-label", Described(rows))))
        {
            foreach (var moment in scale.Marks())
                Mark(html, Gutter + scale.Of(moment), height, moment);
            foreach (var wait in waits.Where(wait => wait.Start < last))
                Wait(html, scale, wait, height);
            foreach (var (index, row) in rows.Index())
                Row(html, scale, row, Top + (index * RowHeight));
        }

        if (scale.Shortened.Count > 0)
            html.Element("p", $"Drawn short: {string.Join(", ", scale.Shortened.Select(wait => Figures.Duration(wait.End - wait.Start)))} in which nobody worked.", ("class", "aside"));
    }

    /// <summary>What the colours of a run's drawing mean: the name of each kind that occurs, and its class.</summary>
    public static IEnumerable<(string Name, string Mark)> Legend(RunTimeline timeline)
    {
        bool Has(Func<TimelineSpan, bool> match) => timeline.Spans.Any(match);
        (string Name, string Mark, bool Occurs)[] all =
        [
            ("model call", "call", Has(span => ClassOf(span.Kind) == "call")),
            ("tools and commands", "tools", Has(span => ClassOf(span.Kind) == "tools")),
            ("check", "check", Has(span => ClassOf(span.Kind) == "check")),
            ("attempt, between these", "attempt", Has(span => span.Kind is SpanKind.Attempt)),
            ("waiting for you", "human", Has(span => span is { Kind: SpanKind.Human, Seconds: >= 1 })),
            ("stopped", "stopped", Has(span => span is { Kind: SpanKind.Stopped, Seconds: >= 1 })),
            ("failed", "failed", Has(span => span.IsFailure)),
        ];
        return all.Where(entry => entry.Occurs).Select(entry => (entry.Name, entry.Mark));
    }

    // The rows that have something to show; a run of four hundred agents has four hundred rows.
    private static List<TimeRow> RowsOf(RunState state, RunTimeline timeline)
    {
        TimeRow Of(string name, string? colour, Func<TimelineSpan, bool> match) => new(name, colour, [.. timeline.Spans.Where(match)]);
        var byTask = timeline.Spans.Where(span => span.Task is not null).ToLookup(span => span.Task!.Value);
        return
        [
            .. new[]
            {
                Of("Planner", null, span => span.Kind is SpanKind.PlanCall or SpanKind.Preparation),
            }.Concat(state.Tasks.Select(task => new TimeRow(task.Agent.Value, Ids.ColourOf(state, task.Id), [.. byTask[task.Id]]))).Concat(
            [
                Of("Checks", null, span => span.Kind is SpanKind.Combination or SpanKind.Check),
                Of("Commits", null, span => span.Kind is SpanKind.Landing),
            ]).Where(row => row.Spans.Count > 0),
        ];
    }

    private static void Row(HtmlWriter html, TimeScale scale, TimeRow row, double y)
    {
        html.Element("text", row.Name, ("x", "0"), ("y", Ids.Number(y + 16)), ("class", "small"));
        foreach (var span in row.Spans.OrderBy(span => LayerOf(span.Kind)))
        {
            var (left, right, inset) = (scale.Of(span.Start), scale.Of(span.End), LayerOf(span.Kind) == 0 ? 3 : 6);
            using (html.In("g"))
            {
                html.Element("title", $"{row.Name}: {Words(span)}, {Figures.Duration(span.Seconds)}, from {Figures.Duration(span.Start)}");
                html.Element(
                    "rect",
                    "",
                    ("class", $"{ClassOf(span.Kind)} {row.Colour}{(span.IsFailure ? " failed" : "")}"),
                    ("x", Ids.Number(Gutter + left)),
                    ("y", Ids.Number(y + inset)),
                    ("width", Ids.Number(Math.Max(1.5, right - left))),
                    ("height", Ids.Number(RowHeight - (2 * inset))),
                    ("rx", "2"));
            }
        }
    }

    private static void Mark(HtmlWriter html, double x, double height, double moment)
    {
        html.Element("line", "", ("class", "grid"), ("x1", Ids.Number(x)), ("x2", Ids.Number(x)), ("y1", "18"), ("y2", Ids.Number(height)));
        html.Element("text", Figures.Duration(moment), ("class", "small"), ("x", Ids.Number(x)), ("y", "12"), ("text-anchor", moment == 0 ? "start" : "middle"));
    }

    private static void Wait(HtmlWriter html, TimeScale scale, TimelineSpan wait, double height)
    {
        using (html.In("g"))
        {
            html.Element("title", $"{(wait.Kind is SpanKind.Human ? "Waiting for you" : "Stopped")}, {Figures.Duration(wait.Seconds)}");
            html.Element("rect", "", ("class", wait.Kind is SpanKind.Human ? "human" : "stopped"), ("x", Ids.Number(Gutter + scale.Of(wait.Start))), ("y", "18"), ("width", Ids.Number(Math.Max(1, scale.Of(wait.End) - scale.Of(wait.Start)))), ("height", Ids.Number(height - 18)));
        }
    }

    // The waits in which nothing else went on.
    private static IEnumerable<(double Start, double End)> Idle(RunTimeline timeline, List<TimelineSpan> waits, double last)
    {
        var work = timeline.Spans.Where(span => span.Kind is not (SpanKind.Human or SpanKind.Stopped)).ToList();
        return from wait in waits
               let end = Math.Min(wait.End, last)
               where end > wait.Start && !work.Exists(span => span.Start < end - 0.5 && span.End > wait.Start + 0.5)
               select (wait.Start, end);
    }

    private static int LayerOf(SpanKind kind) => kind is SpanKind.Attempt or SpanKind.Combination ? 0 : 1;

    private static string ClassOf(SpanKind kind) => kind switch
    {
        SpanKind.PlanCall or SpanKind.AgentCall => "call",
        SpanKind.Tools or SpanKind.Preparation or SpanKind.Landing => "tools",
        SpanKind.Check or SpanKind.TaskCheck => "check",
        _ => "attempt",
    };

    private static string Words(TimelineSpan span) => span.Kind switch
    {
        SpanKind.PlanCall or SpanKind.AgentCall => $"call of {span.What}{(span.IsFailure ? " without an answer" : "")}",
        SpanKind.Tools => "tools and commands",
        SpanKind.Preparation => "preparing the agents",
        SpanKind.Check or SpanKind.TaskCheck => $"check {span.What} {(span.IsFailure ? "failed" : "passed")}",
        SpanKind.Combination => "all work together",
        SpanKind.Landing => "making the commits",
        _ => span.IsFailure ? "attempt, cut off" : "attempt",
    };

    private static string Described(List<TimeRow> rows) =>
        string.Join(". ", rows.Select(row => $"{row.Name} from {Figures.Duration(row.Spans.Min(span => span.Start))} to {Figures.Duration(row.Spans.Max(span => span.End))}")) + ".";

    private sealed record TimeRow(string Name, string? Colour, List<TimelineSpan> Spans);
}
