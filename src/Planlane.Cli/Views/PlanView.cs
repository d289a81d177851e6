using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>A plan as the user decides on it: tasks by stage, what will run, and what it is expected to cost.</summary>
internal static class PlanView
{
    public const string Question = "Ready to proceed? (yes / no / edit / or say what to change)";

    /// <summary>The question of a run of one agent: there is no planner to change anything.</summary>
    public const string SingleQuestion = "Ready to proceed? (yes / no / edit)";

    private const int RuleWidth = 60;
    private const int MostPaths = 8;

    /// <summary>Writes the plan of a run that has one.</summary>
    /// <param name="screen">The stream.</param>
    /// <param name="state">The run.</param>
    /// <param name="facts">What holds commands on this machine, for a plan that is still to be decided on.</param>
    public static void Write(Screen screen, RunState state, SandboxFacts? facts = null)
    {
        var plan = state.Plan!;
        var glyphs = screen.Glyphs;
        screen.Blank();
        WriteTitle(screen, state);
        if (glyphs.Rule.Length > 0)
            screen.Line(Ink.Faint(string.Concat(Enumerable.Repeat(glyphs.Rule, Math.Min(RuleWidth, screen.Width)))));
        var agents = AgentNames.Of(plan, state.Settings);
        PlanRequestLines.Write(screen, state, agents);
        PlanContractLines.Write(screen, state);
        foreach (var stage in PlanGraph.StagesOf(plan))
            WriteStage(screen, state, stage, agents);
        WriteChecks(screen, plan);
        CommandHoldLines.Write(screen, state, facts);
        WriteUncommitted(screen, state);
        LandingLines.WriteDetached(screen, state);
        BaseNoteLines.Write(screen, state.Base.Notes);
        PlanRequestLines.WriteNotes(screen, state);
        screen.Blank();
        // Whoever decides on a plan has been told by the command that made the model a scripted one.
        if (facts is null)
            Notices.WriteScripted(screen, state);
        EstimateLines.Write(screen, state);
    }

    /// <summary>Writes what kind of plan it is, and its hash.</summary>
    public static void WriteTitle(Screen screen, RunState state) => screen.Line(
        Ink.Title($"{screen.Glyphs.Plan}{(state.Settings.Mode is RunMode.Single ? "PLAN FOR ONE AGENT" : "ORCHESTRATION PLAN")}"),
        Ink.Faint($"{screen.Glyphs.Dot}plan {PlanFile.HashOf(state.Plan!)}"));

    private static void WriteStage(Screen screen, RunState state, Stage stage, IReadOnlyDictionary<TaskId, AgentId> agents)
    {
        screen.Blank();
        screen.Line(Ink.Strong($"STAGE {stage.Number}"), stage.Title is null ? "" : $" - {stage.Title}", stage.Tasks.Count > 1 ? " (parallel):" : ":");
        foreach (var task in stage.Tasks)
            WriteTask(screen, state, task, agents, isLast: task.Id == stage.Tasks[^1].Id);
    }

    private static void WriteTask(Screen screen, RunState state, PlannedTask task, IReadOnlyDictionary<TaskId, AgentId> agents, bool isLast)
    {
        var glyphs = screen.Glyphs;
        var trunk = isLast ? glyphs.Gap : glyphs.Trunk;
        var after = task.DependsOn.Count == 0 ? "" : $"  (after {string.Join(", ", task.DependsOn.Select(id => agents[id]))})";
        var on = task.Model is null ? "" : $"  (model {state.Settings.ModelOf(task).Id})";
        screen.Hanging(isLast ? glyphs.LastBranch : glyphs.Branch, trunk, Ink.Agent(agents[task.Id]), $" {task.Title}", Ink.Faint(after + on));
        screen.Hanging(trunk, trunk + "       ", Ink.Faint("Files: "), LaneOf(screen, task));
        if (task.Check is not null)
            screen.Hanging(trunk, trunk + "       ", Ink.Faint("Check: "), task.Check);
        if (EstimateLines.OfTask(screen, state.Estimate, task.Id) is { } expected)
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
            $"{Paths(screen, paths.Select(path => SafeText.Name(path.Value)).ToList())}. Agents see it as it is; no agent may change it, and it is not committed.");
    }

    private static string LaneOf(Screen screen, PlannedTask task) => task.Owns.Paths is [{ Value: "**" }]
        ? "any but those that you have changed and not committed"
        : Paths(screen, task.Owns.Paths.Select(path => path.Value).ToList());

    private static string Paths(Screen screen, List<string> paths) => paths.Count <= MostPaths
        ? string.Join(", ", paths)
        : $"{string.Join(", ", paths.Take(MostPaths))}, {screen.Glyphs.Ellipsis} ({paths.Count - MostPaths} more)";
}
