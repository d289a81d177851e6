using Planlane.Runs;

namespace Planlane.Cli.Html;

/// <summary>What was committed.</summary>
internal static class CommitsSection
{
    public static void Write(HtmlWriter html, RunState state)
    {
        if (state.Receipt is not { } receipt)
            return;
        using (html.In("section", ("id", "commits")))
        {
            html.Element("h2", "Commits");
            using (html.In("ol", ("class", "commits")))
                foreach (var commit in receipt.Commits)
                    using (html.In("li"))
                    {
                        html.Element("code", Ids.Short(commit.Id));
                        html.Text($" {commit.Subject}");
                    }

            html.Element("p", $"{receipt.Branch?.Replace("refs/heads/", "", StringComparison.Ordinal) ?? "HEAD"} moved from {Ids.Short(receipt.OldHead)} to {Ids.Short(receipt.NewHead)}.{(state.IsUndone ? "" : $" Take it back: planlane undo {state.Id}")}", ("class", "aside"));
        }
    }
}
