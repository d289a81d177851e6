using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Views;

/// <summary>The lines of the combined work, its review and its landing.</summary>
internal static class WholeLines
{
    public static void Combining(Screen screen, RunState state)
    {
        var checks = state.Plan!.Checks;
        var names = checks.Count == 0 ? "the plan has no checks" : string.Join(", ", checks.Select(check => check.Name));
        screen.Blank();
        screen.Line(Ink.Title($"{screen.Glyphs.Checking}CHECKING"), $" all work together: {names}{screen.Glyphs.Ellipsis}");
    }

    public static void Combined(Screen screen, RunState state, CombinedWork work)
    {
        foreach (var check in work.Checks)
            CheckLines.Write(screen, check, "");
        if (!work.Passed && state.Work is null)
            foreach (var task in state.Tasks.Where(task => task.Order?.Reason is AttemptReason.Repair or AttemptReason.Escalation))
                AgentLines.Repair(screen, task, work.Checks);
    }

    public static void Decided(Screen screen, RunState state, ReviewDecided decided)
    {
        var by = decided.By == ReviewRules.Auto ? " automatically" : "";
        switch (decided.Decision)
        {
            case ReviewDecision.Approved { Except.Count: 0, Parts.Count: 0, TakenIn.Count: 0 }: screen.Line(Ink.Good($"{screen.Glyphs.Done}Work approved{by}")); break;
            case ReviewDecision.Approved some:
                screen.Line(Ink.Good($"{screen.Glyphs.Done}Work approved{by}"), $"{WithoutOf(state, some.Except, some.Parts)}; the rest is checked again");
                break;
            case ReviewDecision.Rejected: screen.Line(Ink.Alert($"{screen.Glyphs.Blocked}Work rejected{by}")); break;
            case ReviewDecision.ChangesRequested changes:
                if (WithoutOf(state, changes.Except, changes.Parts) is { Length: > 0 } without)
                    screen.Hanging("", "  ", Ink.Faint($"Meanwhile{without}"));
                foreach (var comment in changes.Comments)
                    screen.Hanging("", "  ", Ink.Faint($"You to {(comment.Task is { } id ? state.Task(id).Agent.Value : "all")}{ReviewSelectionView.PlaceOf(comment)}: "), comment.Text);
                break;
        }
    }

    private static string WithoutOf(RunState state, ValueList<TaskId> except, ValueList<LeftOutPart> parts)
    {
        var names = except.Select(id => state.Task(id).Agent.Value).Concat(parts.Where(part => part.Kept is null || part.Hunks.Count > 0)
            .Select(part => $"{SafeText.Name(part.Path.Value)} of {state.Task(part.Task).Agent}{(part.Kept is null ? "" : $" ({Figures.Counted(part.Hunks.Count, "hunk")})")}")).ToList();
        return names.Count == 0 ? "" : $" without {string.Join(", ", names)}";
    }

    public static void Prepared(Screen screen, WorkspacesPrepared prepared)
    {
        foreach (var note in prepared.Notes)
            BaseNoteLines.WriteOne(screen, note, screen.Glyphs.Warning);
    }

    public static void Landing(Screen screen)
    {
        screen.Blank();
        screen.Line(Ink.Title($"{screen.Glyphs.Seal}FINALIZING:"), $" creating all commits{screen.Glyphs.Ellipsis}");
    }

    /// <summary>Writes that the run stands still; the whole of it follows as an error.</summary>
    public static void Failed(Screen screen, StepFailed failed)
    {
        const string Quoting = " It says:";
        var first = failed.Message.Split('\n')[0];
        screen.Hanging("", "  ", Ink.Bad($"{screen.Glyphs.Failure}Stopped: "), first.EndsWith(Quoting, StringComparison.Ordinal) ? first[..^Quoting.Length] : first);
    }

    public static void Resumed(Screen screen, RunState state) =>
        screen.Line($"{screen.Glyphs.Resumed}Going on with run ", Ink.Strong(state.Id.Value), Ink.Faint($" ({Figures.Counted(state.Calls.Count, "model call")} kept, none is paid again)"));
}
