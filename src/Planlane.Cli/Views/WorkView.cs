using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Commits;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The work of a run as the user decides on it: facts per agent, checks of the whole, and the commits to be created.</summary>
internal static class WorkView
{
    public const string Question = "Ready to create commits? (yes / no / changes)";

    /// <summary>Writes the work of a run that has been combined.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="state">The run.</param>
    /// <param name="isPart">Whether something above it has said already what figures of a scripted model are.</param>
    public static void Write(Screen screen, RunState state, bool isPart = false)
    {
        var glyphs = screen.Glyphs;
        screen.Blank();
        screen.Line(Ink.Title(glyphs.Banner.Length == 0 ? "WORK SUMMARY" : $"{glyphs.Banner} WORK SUMMARY {glyphs.Banner}"));
        if (!isPart)
            Notices.WriteScripted(screen, state);
        var common = EvidenceGap.Of(state);
        foreach (var task in state.Tasks)
            WriteTask(screen, state, task, common);
        WriteChecks(screen, state, common);
        if (state.Receipt is not null)
            return;
        WriteCommits(screen, state);
        screen.Blank();
        var budget = state.Settings.Budget is { } cap ? $" of {cap}" : "";
        screen.Line(Ink.Faint($"Spent so far: {BudgetRules.Spent(state)}{budget}"));
        var example = state.Tasks[^1].Agent;
        screen.Hanging("", "  ", Ink.Faint($"Look first: diff, diff {example}, or planlane show {state.Id} {example}. Leave one out: except {example}. Ask one for changes: {example}: words."));
    }

    private static void WriteTask(Screen screen, RunState state, TaskState task, EvidenceGap? common)
    {
        screen.Blank();
        screen.Hanging("", "  ", Ink.Agent(task.Agent), $" {task.Task.Title}{screen.Glyphs.Column}", Marks.OfTask(screen.Glyphs, task));
        if (task.Report is { } report)
            ReportLines.WriteShort(screen, report with { Criteria = CriteriaRules.Now(task, state.Work) }, common);
        if (state.LeftOut.Contains(task.Id))
            screen.Line("  ", Ink.Alert("Left out by you."));
        foreach (var part in state.LeftOut.Contains(task.Id) ? [] : ReviewedChanges.PartsOf(state, task))
            screen.Hanging("  ", "    ", Ink.Alert("Left out by you: "), SafeText.Name(part.Path.Value), part.Kept is null ? "" : $", {Figures.Counted(part.Hunks.Count, "hunk")}");
        if (!state.LeftOut.Contains(task.Id) && !state.Work!.Included.Contains(task.Id))
            screen.Line("  ", Ink.Alert("Not part of what will be committed."));
    }

    private static void WriteChecks(Screen screen, RunState state, EvidenceGap? common)
    {
        var work = state.Work!;
        screen.Blank();
        screen.Line(Ink.Strong("CHECKS"), " of all work together:");
        foreach (var check in work.Checks)
            CheckLines.Write(screen, check, "  ");
        foreach (var skipped in state.Plan!.Checks.Skip(work.Checks.Count))
            screen.Hanging("  ", "    ", $"{skipped.Name}: ", Ink.Alert("not run"), " as one before it failed");
        if (state.Plan.Checks.Count == 0)
            screen.Line("  ", Ink.Alert("none"), " - the plan has no checks, so nothing was built or tested.");
        ReportLines.WriteGap(screen, common);
    }

    private static void WriteCommits(Screen screen, RunState state)
    {
        var commits = CommitPlan.Preview(state).Commits;
        var glyphs = screen.Glyphs;
        screen.Blank();
        screen.Line(Ink.Strong(state.Settings.Landing.Form is LandingForm.Staged ? "CHANGES" : "COMMITS"), LandingLines.Where(state));
        foreach (var commit in commits)
        {
            var isLast = commit == commits[^1];
            var trunk = isLast ? glyphs.Gap : glyphs.Trunk;
            screen.Hanging(isLast ? glyphs.LastBranch : glyphs.Branch, trunk, Ink.Agent(commit.Agent), $" {commit.Title}");
            for (var i = 0; i < commit.Files.Count; i++)
                screen.Hanging(trunk + (i == commit.Files.Count - 1 ? glyphs.LastBranch : glyphs.Branch), trunk + glyphs.Gap, Ink.Faint(commit.Files[i].Value));
        }
    }
}
