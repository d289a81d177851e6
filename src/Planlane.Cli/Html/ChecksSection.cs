using Planlane.Runs;

namespace Planlane.Cli.Html;

/// <summary>The checks of all work together.</summary>
internal static class ChecksSection
{
    public static void Write(HtmlWriter html, RunState state)
    {
        if (state.Work is not { } work)
            return;
        using (html.In("section", ("id", "checks")))
        {
            html.Element("h2", "Checks of all work together");
            if (state.Plan!.Checks.Count == 0)
                html.Element("p", "None: the plan has no checks, so nothing was built or tested.", ("class", "warn"));
            using (html.In("ul", ("class", "evidence")))
            {
                foreach (var check in work.Checks)
                    CheckItem.Write(html, check, null);
                foreach (var skipped in state.Plan.Checks.Skip(work.Checks.Count))
                    using (html.In("li"))
                    {
                        html.Element("span", "not run", ("class", "mark mixed"));
                        html.Element("span", $"{skipped.Name}, as one before it failed: {skipped.Command}");
                    }
            }
        }
    }
}
