using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Planlane.Cli.Output;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>A run as one page that opens from a file: it loads nothing, runs nothing, and refers to nothing outside of itself.</summary>
internal static class RunPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="source">The run.</param>
    /// <param name="secrets">What is masked.</param>
    public static void Write(TextWriter writer, RunPageSource source, SecretMask secrets)
    {
        var (html, state, sheet) = (new HtmlWriter(writer, secrets), source.State, Sheet());
        using (html.Page(sheet, PolicyOf(sheet), $"{state.Request.Title} · Planlane run {state.Id}"))
        using (html.In("body"))
        {
            using (html.In("main"))
            {
                WriteHead(html, state);
                FiguresSection.Write(html, source);
                WriteContents(html, source);
                RequestSection.Write(html, state);
                PlanSection.Write(html, state);
                TimeSection.Write(html, source);
                WorkSection.Write(html, source);
                ChecksSection.Write(html, state);
                DecisionsSection.Write(html, source.Events);
                CommitsSection.Write(html, state);
                CostsSection.Write(html, source);
            }

            WriteFoot(html, state);
        }
    }

    private static void WriteHead(HtmlWriter html, RunState state)
    {
        using (html.In("header"))
        {
            using (html.In("p", ("class", "over")))
            {
                html.Text($"Planlane run {state.Id}");
                html.Element("span", RunStatus.Of(state).Words, ("class", $"badge {MarkOf(state)}"));
            }

            html.Element("h1", state.Request.Title);
            using (html.In("p", ("class", "meta")))
            {
                html.Element("time", $"{state.StartedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC", ("datetime", state.StartedAt.ToString("O", CultureInfo.InvariantCulture)));
                html.Text($" · {(state.Base.Branch is { } branch ? branch.Replace("refs/heads/", "", StringComparison.Ordinal) : "detached HEAD")} at ");
                html.Element("code", Ids.Short(state.Base.Commit));
                html.Text($" · planned by {state.Settings.Planner.Id}{(state.Settings.Mode is RunMode.Single ? "" : $", agents {state.Settings.Agent.Id}")}");
            }

            if (state.Earlier is { } earlier)
                html.Element("p", $"Follows run {earlier.Id}: {earlier.Goal.Split('\n')[0]}{string.Concat(earlier.Before.Select(run => $" · before it {run.Id}: {run.Goal.Split('\n')[0]}"))}", ("class", "meta"));
        }

        if (state.Settings.Scripted)
            html.Element("p", "The model is scripted and simulated, so its tokens, prices and times are computed, not paid. Files, checks and commits are real.", ("class", "note"));
        if (state.IsUndone)
            html.Element("p", "This run was taken back: its commits are no longer on the branch.", ("class", "note"));
        if ((state.End?.Reason ?? RunDecider.StandsStill(state)?.Message) is { } reason)
            html.Element("p", reason, ("class", "note"));
    }

    private static void WriteContents(HtmlWriter html, RunPageSource source)
    {
        using (html.In("nav", ("aria-label", "Contents")))
        {
            html.Link("request", "Request");
            if (source.State.Plan is not null)
                html.Link("plan", "Plan");
            html.Link("time", "Time");
            if (source.State.Tasks.Count > 0)
                html.Link("work", "Work");
            if (source.State.Work is not null)
                html.Link("checks", "Checks");
            html.Link("decisions", "Decisions");
            if (source.State.Receipt is not null)
                html.Link("commits", "Commits");
            html.Link("costs", "Costs");
        }
    }

    private static void WriteFoot(HtmlWriter html, RunState state)
    {
        using (html.In("footer"))
        {
            html.Text($"Made from the journal of run {state.Id}, event {Figures.Count(state.Sequence)} of {state.LastAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, by ");
            html.Element("code", $"planlane show {state.Id} --html");
            html.Text(". This page loads and runs nothing.");
        }
    }

    private static string MarkOf(RunState state) => state switch
    {
        { IsUndone: true } => "mixed",
        { End.Outcome: RunOutcome.Completed or RunOutcome.Planned } => "good",
        { End.Outcome: RunOutcome.Failed } => "bad",
        { End: not null } => "mixed",
        _ when RunDecider.StandsStill(state) is not null => "bad",
        _ => "open",
    };

    private static string Sheet()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Planlane.Cli/Html/RunPage.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    // Nothing is allowed but the one style sheet, by its hash: markup that came in some way from a model could not even colour itself.
    private static string PolicyOf(string sheet) =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'; base-uri 'none'; form-action 'none'";
}
