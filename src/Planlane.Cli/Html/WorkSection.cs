using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Workspaces;

namespace Planlane.Cli.Html;

/// <summary>The work of each agent: what was measured of it first, its own words apart, then its diff.</summary>
internal static class WorkSection
{
    private const int MostPaths = 8;

    public static void Write(HtmlWriter html, RunPageSource source)
    {
        var state = source.State;
        if (state.Tasks.Count == 0)
            return;
        var diffs = source.Diffs.ToDictionary(diff => diff.Agent);
        using (html.In("section", ("id", "work")))
        {
            html.Element("h2", "Work");
            foreach (var task in state.Tasks)
                using (html.In("article", ("id", Ids.Of(state, task)), ("class", Ids.ColourOf(state, task.Id))))
                {
                    WriteHead(html, state, task);
                    if (task.Report is { } report)
                        WriteReport(html, report with { Criteria = CriteriaRules.Now(task, state.Work) });
                    else
                        html.Element("p", task.Turns.Count == 0 ? "It has not started." : "It has not reported yet.", ("class", "aside"));
                    WriteBrief(html, task);
                    DiffBlock.Write(html, diffs.GetValueOrDefault(task.Agent));
                }

            if (source.Diffs.FirstOrDefault(diff => diff.Agent.Value == Commits.CommitPlan.PlannerName) is { } contracts)
                using (html.In("article"))
                {
                    html.Element("h3", "Contracts");
                    DiffBlock.Write(html, contracts);
                }
        }
    }

    private static void WriteHead(HtmlWriter html, RunState state, TaskState task)
    {
        using (html.In("h3"))
        {
            html.Element("span", task.Agent.Value, ("class", "agent"));
            html.Text($" {task.Task.Title} ");
            var (word, mark) = Standing(state, task);
            html.Element("span", word, ("class", $"badge {mark}"));
        }

        var usage = task.Turns.Aggregate(default(Budgets.Usage), (sum, turn) => sum + turn.Call.Usage);
        var cost = task.Turns.Aggregate(Budgets.Cost.Zero, (sum, turn) => sum + turn.Call.Cost);
        var seconds = task.AttemptTimes.Sum(time => (time.End ?? state.WorkSeconds) - time.Start);
        html.Element(
            "p",
            $"{string.Join(", ", task.Turns.Select(turn => turn.Call.Model).Append(state.Settings.ModelOf(task.Task).Id).Distinct())} · {Figures.Counted(task.Turns.Count, "turn")} · {Figures.Count(usage.Total)} tokens · {cost} · {Figures.Duration(seconds)}",
            ("class", "meta"));
    }

    private static (string Word, string Mark) Standing(RunState state, TaskState task) => task switch
    {
        _ when state.LeftOut.Contains(task.Id) => ("left out by you", "mixed"),
        { Report.State: TaskReportState.Complete, IsOpen: false } => ("complete", "good"),
        { Report.State: TaskReportState.Incomplete } => ("incomplete", "mixed"),
        { Report.State: TaskReportState.Blocked } => ("blocked", "mixed"),
        { Report: not null } => ("failed", "bad"),
        { Turns.Count: 0 } => ("not started", "open"),
        _ => ("at work", "open"),
    };

    private static void WriteReport(HtmlWriter html, TaskReport report)
    {
        if (report.Reason is { } reason)
            html.Element("p", reason, ("class", "warn"));
        foreach (var contradiction in report.Contradictions)
            html.Element("p", $"Contradiction: {contradiction}", ("class", "warn"));
        using (html.In("ul", ("class", "evidence")))
        {
            foreach (var check in new[] { report.Compiled, report.Check }.OfType<CheckResult>())
                CheckItem.Write(html, check, check == report.Compiled ? "In process" : "Own check");
            foreach (var item in report.Criteria)
                Item(html, item.Standing switch { CriterionStanding.Met => ("met", "good"), CriterionStanding.NotMet => ("not met", "bad"), _ => ("not shown", "mixed") }, item.Criterion, item.Evidence is null ? null : SafeText.Name(item.Evidence));
            foreach (var command in report.Commands)
                Item(html, command.ExitCode == 0 ? ("ran", "good") : ($"exit {command.ExitCode}", "bad"), command.Command, $"{Figures.Duration(command.Seconds)}{(command.IsSandboxed ? "" : " · not sandboxed")}");
            foreach (var request in report.Requests)
                Item(html, request.Decision is FileDecision.Granted ? ("granted", "good") : (request.Decision.ToString().ToLowerInvariant(), "mixed"), $"Asked for {SafeText.Name(request.Path.Value)}: {request.Why}", request.Owner is { } owner ? $"owned by {owner}" : null);
            WriteUndone(html, report);
        }

        if (report.Words is { } words)
        {
            using (html.In("p", ("class", "words")))
            {
                html.Element("span", "In its words: ", ("class", "label"));
                html.Text(words.Work);
            }

            if (words.Notes is { } notes)
                html.Element("p", notes, ("class", "words"));
        }
    }

    private static void WriteUndone(HtmlWriter html, TaskReport report)
    {
        var undone = report.Commands.SelectMany(command => command.Undone).Concat(report.Check?.Undone ?? []).Distinct().ToList();
        if (undone.Count > 0)
            Item(html, ("undone", "mixed"), $"It wrote outside its lane: {string.Join(", ", undone.Take(MostPaths).Select(path => SafeText.Name(path.Value)))}", undone.Count > MostPaths ? $"and {undone.Count - MostPaths} more" : null);
    }

    private static void Item(HtmlWriter html, (string Word, string Class) mark, string text, string? beside)
    {
        using (html.In("li"))
        {
            html.Element("span", mark.Word, ("class", $"mark {mark.Class}"));
            using (html.In("span"))
            {
                html.Text(text);
                if (beside is not null)
                    html.Element("span", beside, ("class", "beside"));
            }
        }
    }

    private static void WriteBrief(HtmlWriter html, TaskState task)
    {
        using (html.In("details"))
        {
            html.Element("summary", "What it was told");
            html.Element("p", task.Task.Brief, ("class", "words"));
            html.Element("p", $"Its lane: {task.Lane}", ("class", "aside"));
        }
    }
}
