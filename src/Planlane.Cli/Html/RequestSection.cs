using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>What was asked.</summary>
internal static class RequestSection
{
    public static void Write(HtmlWriter html, RunState state)
    {
        var request = state.Request;
        using (html.In("section", ("id", "request")))
        {
            html.Element("h2", "Request");
            html.Element("p", request.Goal, ("class", "words"));
            Items(html, "What the work must satisfy", request.Constraints);
            Items(html, "How it should be divided", request.SplitHints);
            if (state.Base.Uncommitted.Count > 0)
                Items(html, "Uncommitted work that the agents saw", state.Base.Uncommitted.Select(path => path.Value).ToValueList());
        }
    }

    private static void Items(HtmlWriter html, string name, ValueList<string> items)
    {
        if (items.Count == 0)
            return;
        html.Element("h3", name);
        using (html.In("ul"))
            foreach (var item in items)
                html.Element("li", item);
    }
}
