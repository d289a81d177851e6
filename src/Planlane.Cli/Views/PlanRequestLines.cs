using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Views;

/// <summary>What a plan is for: the request, whether it divides, what the user wants to be satisfied, and what the rules noted.</summary>
internal static class PlanRequestLines
{
    public static void Write(Screen screen, RunState state, IReadOnlyDictionary<TaskId, AgentId> agents)
    {
        screen.Hanging("", "      ", Ink.Strong("Task: "), state.Request.Goal);
        WriteEarlier(screen, state);
        WriteReason(screen, state);
        WriteItems(screen, state.Plan!, agents, "Requirements:", state.Request.Constraints);
        WriteAgents(screen, state);
        WriteItems(screen, state.Plan!, agents, state.Settings.Mode is RunMode.Single ? "Parts that you named:" : "Split as you asked:", state.Request.SplitHints);
    }

    /// <summary>Writes which run it follows; nothing when it follows none.</summary>
    public static void WriteEarlier(Screen screen, RunState state)
    {
        if (state.Earlier is { } earlier)
            screen.Hanging("", "       ", Ink.Strong("After: "), $"run {earlier.Id}, {earlier.Goal.Split('\n')[0]}", Ink.Faint(string.Concat(earlier.Before.Select(run => $"{screen.Glyphs.Dot}before it {run.Id}"))));
    }

    /// <summary>Writes what the rules changed in the plan and what else the user should know of it.</summary>
    public static void WriteNotes(Screen screen, RunState state)
    {
        if (state.PlanNotes.Count == 0)
            return;
        screen.Blank();
        screen.Line(Ink.Strong("NOTES"), " - what the rules say of the plan:");
        foreach (var note in state.PlanNotes)
            screen.Hanging("- ", "  ", note.Message);
    }

    private static void WriteReason(Screen screen, RunState state)
    {
        if (state.Settings.Mode is RunMode.Single)
        {
            screen.Hanging("", "      ", Ink.Faint("One agent alone works through the whole request. You review its work, and it becomes one commit."));
            return;
        }

        if (state is { Settings.Mode: RunMode.Forced, Verdict: { } verdict } && verdict.Reason != state.Plan!.Suitability.Reason)
            screen.Hanging("", "  ", Ink.Alert($"{screen.Glyphs.Warning}You want it divided, although: "), $"{verdict.Reason}{FiguresOf(verdict)}");
        else
            screen.Hanging("", "      ", Ink.Faint($"Why it divides: {state.Plan!.Suitability.Reason}{FiguresOf(state.Verdict)}"));
    }

    private static string FiguresOf(SuitabilityVerdict? verdict) => verdict is { Files: > 0 }
        ? $" {Figures.Counted(verdict.Files, "file")}, longest chain {(int)Math.Round(verdict.ChainShare * 100)}% of the work."
        : "";

    private static void WriteAgents(Screen screen, RunState state)
    {
        if (state.Request.Agents is not { } wanted || state.Settings.Mode is RunMode.Single)
            return;
        var planned = state.Plan!.Tasks.Count;
        screen.Blank();
        screen.Hanging(
            "",
            "  ",
            Ink.Strong("Agents as you asked: "),
            planned == wanted ? Ink.Good($"{screen.Glyphs.Tick}{wanted}") : Ink.Alert($"{screen.Glyphs.Warning}you asked for {wanted}, the plan has {planned}"));
    }

    private static void WriteItems(Screen screen, Plan plan, IReadOnlyDictionary<TaskId, AgentId> agents, string heading, ValueList<string> items)
    {
        if (items.Count == 0)
            return;

        screen.Blank();
        screen.Line(Ink.Strong(heading));
        foreach (var item in items)
        {
            var names = plan.Covers.Where(cover => cover.Item.Trim() == item).SelectMany(cover => cover.Tasks).Where(agents.ContainsKey).Select(id => agents[id].Value).Distinct().ToList();
            if (names.Count == 0)
                screen.Hanging("- ", "  ", item);
            else
                screen.Hanging(screen.Glyphs.Tick, "  ", item, Ink.Faint($"{screen.Glyphs.CoveredBy}{string.Join(", ", names)}"));
        }
    }
}
