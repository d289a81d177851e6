using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Live;

/// <summary>An agent in the live view.</summary>
/// <param name="Task">Its task, or null for the planner and for the checks of all work.</param>
/// <param name="Name">Its name.</param>
/// <param name="Group">Who must act.</param>
/// <param name="Doing">What it does, or why it does nothing.</param>
internal sealed record LiveAgent(TaskId? Task, string Name, LiveGroup Group, string Doing)
{
    /// <summary>What it is to do.</summary>
    public string Title { get; init; } = "";

    /// <summary>The lines that it has added and deleted, as far as its tool calls tell; measured when it has reported.</summary>
    public string Lines { get; init; } = "";

    /// <summary>The tokens of its calls.</summary>
    public long Tokens { get; init; }

    /// <summary>What its calls cost.</summary>
    public Cost Cost { get; init; }

    /// <summary>When its attempt began, or null.</summary>
    public DateTimeOffset? Begun { get; init; }

    /// <summary>Everybody in a run, by who must act and then in the plan's order; the planner and the checks before the agents.</summary>
    public static IReadOnlyList<LiveAgent> Of(LiveScene scene)
    {
        var state = scene.State;
        var calls = state.Calls.ToLookup(call => call.Agent);
        List<LiveAgent> all = [];
        if (state is { PlanOrder: not null, Waiting: RunWait.Nobody })
            all.Add(Counted(new LiveAgent(null, state.Running.Contains(new RunStep.Triage().Id) ? "triage" : "planner", LiveGroup.Working, scene.Board.OfPlanner?.At(scene.Now) ?? "plans") { Begun = scene.Board.OfPlanner?.Begun }, calls[null]));
        if (state.Running.Any(step => step.Value.StartsWith("combine:", StringComparison.Ordinal)))
            all.Add(new LiveAgent(null, "checks", LiveGroup.Working, Checks(scene)) { Begun = scene.Board.OfWhole?.Begun });
        var stranded = DispatchRules.Stranded(state).Select(task => task.Id).ToHashSet();
        var names = state.Tasks.ToDictionary(task => task.Id, task => task.Agent);
        foreach (var task in state.Tasks)
            all.Add(Counted(Of(scene, task, stranded.Contains(task.Id), names), calls[task.Agent]));
        return [.. all.OrderBy(agent => agent.Group)];
    }

    private static LiveAgent Of(LiveScene scene, TaskState task, bool isStranded, Dictionary<TaskId, AgentId> names)
    {
        var (state, now) = (scene.State, scene.Board.Of(task.Agent));
        var agent = new LiveAgent(task.Id, task.Agent.Value, LiveGroup.Waiting, "") { Title = task.Task.Title, Lines = LinesOf(scene.Glyphs, task) };
        if (isStranded)
            return agent with { Group = LiveGroup.Ended, Doing = "does not begin: what it builds on did not complete" };
        if (task is { Report: { } report, IsOpen: false })
        {
            var (group, word) = report.State switch
            {
                TaskReportState.Complete => (LiveGroup.Ended, "complete"),
                TaskReportState.Blocked => (LiveGroup.NeedsYou, "is blocked"),
                TaskReportState.Incomplete => (LiveGroup.NeedsYou, "is incomplete"),
                _ when task.IsStopped => (LiveGroup.Ended, "was stopped"),
                _ => (LiveGroup.NeedsYou, "failed"),
            };
            return agent with { Group = group, Doing = report.Reason is { } reason ? $"{word}: {reason}" : word };
        }

        if (!state.IsRunning(task))
            return agent with { Doing = WhyNot(state, task, names) };
        return agent with
        {
            Group = FileRequestRules.IsWaiting(state, task) || state.IsPaused ? LiveGroup.Waiting : LiveGroup.Working,
            Doing = now?.At(scene.Now) ?? "works",
            Begun = now?.Begun,
        };
    }

    private static string WhyNot(RunState state, TaskState task, Dictionary<TaskId, AgentId> names)
    {
        var open = task.Task.DependsOn.Where(id => !state.Task(id).IsComplete).Select(id => names[id].Value).ToList();
        if (task.Turns.Count == 0 && open.Count > 0)
            return $"waits for {string.Join(", ", open)}";
        if (state.IsPaused)
            return "the run is paused";
        if (state.RunningTasks.Count() >= state.Settings.Slots)
            return "waits for a slot";
        return BudgetRules.MayStart(state, [task]) ? "waits for the first answer (prompt cache)" : "waits: the budget covers no agent more";
    }

    private static string Checks(LiveScene scene) => scene.State.Plan is { Checks.Count: > 0 } plan ? string.Join(", ", plan.Checks.Select(check => check.Command)) : "combines the work";

    private static LiveAgent Counted(LiveAgent agent, IEnumerable<ModelCall> calls) => calls.Aggregate(agent, (sum, call) => sum with { Tokens = sum.Tokens + call.Usage.Total, Cost = sum.Cost + call.Cost });

    private static string LinesOf(Glyphs glyphs, TaskState task)
    {
        if (task is { Report: { } report, IsOpen: false })
            return report.Files.Count == 0 ? "" : $"+{report.Files.Sum(file => file.Added)} {glyphs.Minus}{report.Files.Sum(file => file.Deleted)}";
        var (added, deleted) = DraftLines.Of(task);
        return added + deleted == 0 ? "" : $"~+{added} {glyphs.Minus}{deleted}";
    }
}

/// <summary>Who must act, in the order in which it is shown.</summary>
internal enum LiveGroup
{
    /// <summary>The user: the agent cannot go on, and the review decides what becomes of it.</summary>
    NeedsYou,

    /// <summary>The agent.</summary>
    Working,

    /// <summary>Somebody else: what it builds on, a slot, a file, the budget.</summary>
    Waiting,

    /// <summary>Nobody.</summary>
    Ended,
}
