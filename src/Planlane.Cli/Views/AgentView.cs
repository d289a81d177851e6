using Planlane.Agents;
using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>The work of one agent with all that was measured of it.</summary>
internal static class AgentView
{
    private const int MostTests = 50;

    public static void Write(Screen screen, RunState state, TaskState task)
    {
        screen.Line(Ink.Agent(task.Agent), Ink.Strong($" {task.Task.Title}"), screen.Glyphs.Column, Marks.OfTask(screen.Glyphs, task));
        screen.Hanging("  ", "    ", Ink.Faint("Lane: "), task.Lane.ToString());
        if (task.Report is { } report)
            WriteReport(screen, report with { Criteria = CriteriaRules.Now(task, state.Work) });
        else
            screen.Line("  ", task.Turns.Count == 0 ? "It has not started." : "It has not reported yet.");
        screen.Line(Ink.Faint("What it said and did: "), $"planlane log {state.Id} {task.Agent}");
    }

    private static void WriteReport(Screen screen, TaskReport report)
    {
        ReportLines.WriteReason(screen, report);
        ReportLines.WriteFiles(screen, report);
        if (report.Compiled is { } compiled)
            WriteCompiled(screen, compiled);
        if (report.Check is { } check)
        {
            ReportLines.WriteCheck(screen, check);
            CheckLines.WriteTests(screen, check.Passed ? check.Cases : check.Cases.Where(test => test.Outcome is not TestOutcome.Failed), "      ", MostTests);
        }

        ReportLines.WriteCommands(screen, report, onlyFailed: false);
        ReportLines.WriteCriteria(screen, report, onlyUnmet: false);
        foreach (var request in report.Requests)
            ReportLines.WriteRequest(screen, request);
        ReportLines.WriteWords(screen, report);
        ReportLines.WriteContradictions(screen, report);
        screen.Line("  ", Ink.Faint($"{Figures.Counted(report.Turns, "turn")}{screen.Glyphs.Dot}{Figures.Count(report.Usage.Total)} tokens{screen.Glyphs.Dot}{report.Cost}"));
    }

    // What was not looked at is said as well.
    private static void WriteCompiled(Screen screen, CheckResult compiled)
    {
        CheckLines.Write(screen, compiled, "  ", "In process: ");
        if (compiled.Passed)
            foreach (var note in compiled.Output.Split('\n').Where(note => note.Length > 0))
                screen.Hanging("      ", "      ", Ink.Faint(note));
    }
}
