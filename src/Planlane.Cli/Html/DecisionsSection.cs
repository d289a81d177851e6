using System.Globalization;
using Planlane.Approval;
using Planlane.Cli.Output;
using Planlane.Commits;
using Planlane.Planning;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Html;

/// <summary>What was decided and by whom, in order.</summary>
internal static class DecisionsSection
{
    public static void Write(HtmlWriter html, IReadOnlyList<RecordedEvent> events)
    {
        var agents = new Dictionary<TaskId, AgentId>();
        var state = RunState.Empty;
        using (html.In("section", ("id", "decisions")))
        {
            html.Element("h2", "Decisions");
            var any = false;
            using (html.In("ul", ("class", "decisions")))
                foreach (var recorded in events)
                {
                    state = state.Apply(recorded);
                    foreach (var task in state.Tasks.Skip(agents.Count))
                        agents[task.Id] = task.Agent;
                    if (Words(recorded.Event, id => agents.TryGetValue(id, out var agent) ? agent.Value : id.Value) is not var (by, what, said))
                        continue;
                    any = true;
                    using (html.In("li"))
                    {
                        html.Element("time", recorded.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ("datetime", recorded.At.ToString("O", CultureInfo.InvariantCulture)));
                        using (html.In("span"))
                        {
                            html.Element("strong", by);
                            html.Text($" {what}");
                            if (said is not null)
                                html.Element("p", said, ("class", "words"));
                        }
                    }
                }

            if (!any)
                html.Element("p", "None yet.", ("class", "aside"));
        }
    }

    private static (string By, string What, string? Said)? Words(RunEvent happened, Func<TaskId, string> agent) => happened switch
    {
        PlanChecked { Problems.Count: > 0 } checkedPlan => ("The rules", $"sent the plan back ({checkedPlan.Problems.Count} problems)", string.Join('\n', checkedPlan.Problems)),
        PlanDecided plan => (Name(plan.By), PlanWords(plan), (plan.Decision as PlanDecision.Revise)?.Words),
        ReviewDecided review => (Name(review.By), ReviewWords(review.Decision, agent), SaidIn(review.Decision, agent)),
        RunResumed resumed => ("The run", resumed.Budget is { } budget ? $"went on with a budget of {budget}" : "went on in a new process", null),
        RunUndone => ("You", "took the commits back", null),
        _ => null,
    };

    private static string Name(string by) => by == ReviewRules.Auto ? "Your rule" : "You";

    private static string PlanWords(PlanDecided plan) => plan.Decision switch
    {
        PlanDecision.Approved => $"said yes to the plan{(plan.PlanHash is { } hash ? $" {hash}" : "")}",
        PlanDecision.Rejected => "said no to the plan",
        PlanDecision.Revise => "asked for another plan",
        _ => "edited the plan",
    };

    private static string ReviewWords(ReviewDecision decision, Func<TaskId, string> agent) => decision switch
    {
        ReviewDecision.Approved { Except.Count: 0, Parts.Count: 0 } => "said yes to the work",
        ReviewDecision.Approved approved => $"said yes to the work without {string.Join(", ", approved.Except.Select(agent).Concat(approved.Parts.Select(part => PartWords(part, agent))))}",
        ReviewDecision.Rejected => "said no to the work",
        _ => "asked for changes",
    };

    private static string PartWords(LeftOutPart part, Func<TaskId, string> agent) => part.Hunks.Count == 0
        ? $"{part.Path} of {agent(part.Task)}"
        : $"{Figures.Counted(part.Hunks.Count, "hunk")} of {part.Path} of {agent(part.Task)}";

    private static string? SaidIn(ReviewDecision decision, Func<TaskId, string> agent) => decision is ReviewDecision.ChangesRequested changes
        ? string.Join('\n', changes.Comments.Select(comment => $"{(comment.Task is { } task ? agent(task) : "All")}: {(comment.Path is { } path ? $"{path}{(comment.Line is { } line ? $":{line}" : "")}: " : "")}{comment.Text}"))
        : null;
}
