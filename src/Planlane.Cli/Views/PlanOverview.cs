using Planlane.Cli.Live;
using Planlane.Cli.Output;
using Planlane.Planning;
using Planlane.Runs;
using Planlane.Sandbox;

namespace Planlane.Cli.Views;

/// <summary>A plan in a screen: a line for each agent, the commands that will run, what to know before a yes, and the estimate. <see cref="PlanView"/> has all of it.</summary>
internal static class PlanOverview
{
    /// <summary>The answer, and the option, that asks for all of it.</summary>
    public const string Details = "details";

    private const int LeastAgents = 3;

    /// <summary>Writes the plan of a run as a question needs it: whole when that fits, else the overview.</summary>
    /// <param name="screen">The stream.</param>
    /// <param name="state">A run that waits for the decision on its plan.</param>
    /// <param name="facts">What holds commands on this machine.</param>
    /// <param name="rows">The rows of the screen.</param>
    public static void WriteFitting(Screen screen, RunState state, SandboxFacts facts, int rows)
    {
        // The question, and the line that it is answered in.
        const int Asking = 2;
        if (screen.RowsOf(whole => PlanView.Write(whole, state, facts)) <= rows - Asking)
            PlanView.Write(screen, state, facts);
        else
            Write(screen, state, facts, rows - Asking);
    }

    /// <summary>Writes the overview.</summary>
    /// <param name="screen">The stream.</param>
    /// <param name="state">The run.</param>
    /// <param name="facts">What holds commands on this machine.</param>
    /// <param name="rows">How many rows it may take; agents that do not fit are counted, but some are always named.</param>
    public static void Write(Screen screen, RunState state, SandboxFacts facts, int rows)
    {
        var agents = AgentsOf(screen, state);
        var around = screen.RowsOf(other => Write(other, state, facts, []));
        var room = Math.Max(LeastAgents, rows - around);
        Write(screen, state, facts, agents.Count <= room ? agents : [.. agents.Take(room - 1), [Ink.Faint($"  {screen.Glyphs.Ellipsis} {Figures.Counted(state.Plan!.Tasks.Count, "agent")} in all")]]);
    }

    private static void Write(Screen screen, RunState state, SandboxFacts facts, IEnumerable<Phrase[]> agents)
    {
        var plan = state.Plan!;
        screen.Blank();
        PlanView.WriteTitle(screen, state);
        Row(screen, Ink.Strong("Task: "), state.Request.Title);
        PlanRequestLines.WriteEarlier(screen, state);
        if (plan.Contracts.Count > 0)
            Row(screen, Ink.Strong("CONTRACTS "), string.Join(", ", plan.Contracts.Select(contract => contract.Path.Name)));
        foreach (var agent in agents)
            Row(screen, agent);
        if (plan.Checks.Count > 0)
            Row(screen, Ink.Strong("CHECKS "), string.Join(screen.Glyphs.Dot, plan.Checks.Select(check => check.Command)));
        else
            screen.Line(Ink.Alert("No checks: "), "nothing will be built or tested.");
        CommandHoldLines.Write(screen, state, facts);
        WriteToKnow(screen, state);
        EstimateLines.Write(screen, state);
        screen.Hanging("", "  ", Ink.Faint("All of it, with files, requirements and whole commands: "), Ink.Strong(Details));
    }

    private static List<Phrase[]> AgentsOf(Screen screen, RunState state)
    {
        var (names, dot, lines) = (AgentNames.Of(state.Plan!, state.Settings), screen.Glyphs.Dot, new List<Phrase[]>());
        foreach (var stage in PlanGraph.StagesOf(state.Plan!))
        {
            lines.Add([Ink.Strong($"STAGE {stage.Number}"), stage.Title is null ? "" : $" {stage.Title}"]);
            foreach (var task in stage.Tasks)
            {
                var after = task.DependsOn.Count == 0 ? "" : $"{dot}after {string.Join(", ", task.DependsOn.Select(id => names[id]))}";
                var cost = EstimateLines.OfTask(screen, state.Estimate, task.Id) is { } expected ? $"{dot}{expected}" : "";
                lines.Add(["  ", Ink.Agent(names[task.Id]), $" {task.Title}", Ink.Faint($"{dot}{Figures.Counted(task.Owns.Paths.Count, "path")}{cost}{after}")]);
            }
        }

        return lines;
    }

    // What somebody would not ask for, as they do not know of it.
    private static void WriteToKnow(Screen screen, RunState state)
    {
        var uncommitted = state.Base.Uncommitted.Count;
        if (uncommitted > 0)
            screen.Line(Ink.Alert($"{screen.Glyphs.Warning}Uncommitted work: "), $"{Figures.Counted(uncommitted, "file")}; agents see it and may not change it.");
        LandingLines.WriteDetached(screen, state);
        var notes = state.Base.Notes.Count + state.PlanNotes.Count;
        if (notes > 0)
            screen.Line(Ink.Alert(Figures.Counted(notes, "note")), $" on the plan and the files: see {Details}.");
    }

    private static void Row(Screen screen, params ReadOnlySpan<Phrase> phrases) => screen.Line([.. LiveLine.Of(phrases).Within(screen.Width, screen.Glyphs.Ellipsis).Phrases]);
}
