using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>A plan as the user decides on it: tasks by stage, what will run, and what it is expected to cost.</summary>
internal static class PlanView
{
    public const string Question = "Ready to proceed? (yes / no / edit / or say what to change)";

    private const int RuleWidth = 60;
    private const int MostPaths = 8;

    /// <summary>Writes the plan of a run that has one.</summary>
    public static void Write(Screen screen, RunState state)
    {
        var plan = state.Plan!;
        var glyphs = screen.Glyphs;
        screen.Blank();
        screen.Line(Ink.Title($"{glyphs.Plan}ORCHESTRATION PLAN"));
        if (glyphs.Rule.Length > 0)
            screen.Line(Ink.Faint(string.Concat(Enumerable.Repeat(glyphs.Rule, Math.Min(RuleWidth, screen.Width)))));
        WriteRequest(screen, state, plan);
        WriteContracts(screen, plan);
        var agents = AgentNames.Of(plan, state.Settings.Agent);
        foreach (var stage in PlanGraph.StagesOf(plan))
            WriteStage(screen, state.Estimate, stage, agents);
        WriteChecks(screen, plan);
        WriteUncommitted(screen, state);
        screen.Blank();
        Notices.WriteScripted(screen, state);
        EstimateLines.Write(screen, state);
    }

    private static void WriteRequest(Screen screen, RunState state, Plan plan)
    {
        screen.Hanging("", "      ", Ink.Strong("Task: "), state.Request.Goal);
        screen.Hanging("", "      ", Ink.Faint($"Why it divides: {plan.Suitability.Reason}"));
        WriteItems(screen, state, plan, "Requirements:", state.Request.Constraints);
        WriteItems(screen, state, plan, "Split as you asked:", state.Request.SplitHints);
    }

    private static void WriteItems(Screen screen, RunState state, Plan plan, string heading, ValueList<string> items)
    {
        if (items.Count == 0)
            return;

        var agents = AgentNames.Of(plan, state.Settings.Agent);
        screen.Blank();
        screen.Line(Ink.Strong(heading));
        foreach (var item in items)
        {
            var names = plan.Covers.Where(cover => cover.Item.Trim() == item).SelectMany(cover => cover.Tasks).Where(agents.ContainsKey).Select(id => agents[id].Value).Distinct();
            screen.Hanging("- ", "  ", item, Ink.Faint($" {screen.Glyphs.Arrow} {string.Join(", ", names)}"));
        }
    }

    private static void WriteContracts(Screen screen, Plan plan)
    {
        if (plan.Contracts.Count == 0)
            return;
        screen.Blank();
        screen.Line(Ink.Strong("CONTRACTS"), " - written first, shared by all agents, changed by none:");
        for (var i = 0; i < plan.Contracts.Count; i++)
            screen.Hanging(i == plan.Contracts.Count - 1 ? screen.Glyphs.LastBranch : screen.Glyphs.Branch, screen.Glyphs.Gap, plan.Contracts[i].Path.Value);
    }

    private static void WriteStage(Screen screen, PlanEstimate? estimate, Stage stage, IReadOnlyDictionary<TaskId, AgentId> agents)
    {
        screen.Blank();
        screen.Line(Ink.Strong($"STAGE {stage.Number}"), stage.Title is null ? "" : $" - {stage.Title}", stage.Tasks.Count > 1 ? " (parallel):" : ":");
        foreach (var task in stage.Tasks)
            WriteTask(screen, estimate, task, agents, isLast: task.Id == stage.Tasks[^1].Id);
    }

    private static void WriteTask(Screen screen, PlanEstimate? estimate, PlannedTask task, IReadOnlyDictionary<TaskId, AgentId> agents, bool isLast)
    {
        var glyphs = screen.Glyphs;
        var trunk = isLast ? glyphs.Gap : glyphs.Trunk;
        var after = task.DependsOn.Count == 0 ? "" : $"  (after {string.Join(", ", task.DependsOn.Select(id => agents[id]))})";
        screen.Hanging(isLast ? glyphs.LastBranch : glyphs.Branch, trunk, Ink.Agent(agents[task.Id]), $" {task.Title}", Ink.Faint(after));
        screen.Hanging(trunk, trunk + "       ", Ink.Faint("Files: "), Paths(screen, task.Owns.Paths.Select(path => path.Value).ToList()));
        if (task.Check is not null)
            screen.Hanging(trunk, trunk + "       ", Ink.Faint("Check: "), task.Check);
        if (EstimateLines.OfTask(screen, estimate, task.Id) is { } expected)
            screen.Hanging(trunk, trunk, Ink.Faint("Estimate: "), expected);
    }

    private static void WriteChecks(Screen screen, Plan plan)
    {
        screen.Blank();
        if (plan.Checks.Count == 0)
        {
            screen.Line(Ink.Alert("No checks: "), "nothing will be built or tested before you are asked to commit.");
            return;
        }

        screen.Line(Ink.Strong("CHECKS"), " - these shell commands will run on the combined work:");
        var name = plan.Checks.Max(check => check.Name.Length) + 1;
        for (var i = 0; i < plan.Checks.Count; i++)
            screen.Hanging(
                i == plan.Checks.Count - 1 ? screen.Glyphs.LastBranch : screen.Glyphs.Branch,
                screen.Glyphs.Gap,
                $"{plan.Checks[i].Name}:".PadRight(name),
                $" {plan.Checks[i].Command}");
    }

    private static void WriteUncommitted(Screen screen, RunState state)
    {
        var paths = state.Base.Uncommitted;
        if (paths.Count == 0)
            return;
        screen.Blank();
        screen.Hanging(
            "",
            "  ",
            Ink.Alert($"{screen.Glyphs.Warning}Uncommitted work: "),
            $"{Paths(screen, paths.Select(path => path.Value).ToList())}. Agents see it as it is; no agent may change it, and it is not committed.");
    }

    private static string Paths(Screen screen, List<string> paths) => paths.Count <= MostPaths
        ? string.Join(", ", paths)
        : $"{string.Join(", ", paths.Take(MostPaths))}, {screen.Glyphs.Ellipsis} ({paths.Count - MostPaths} more)";
}
