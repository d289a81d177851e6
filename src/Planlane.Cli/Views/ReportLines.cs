using Planlane.Cli.Output;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Views;

/// <summary>An agent's report: the facts that were measured first, its own words apart, and where the two differ.</summary>
internal static class ReportLines
{
    private const int MostPaths = 5;

    /// <summary>Writes what a reviewer must see; what went as it should is a count.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="common">What is missing at every agent alike and is said once, or null.</param>
    public static void WriteShort(Screen screen, TaskReport report, EvidenceGap? common)
    {
        WriteFiles(screen, report);
        WriteReason(screen, report);
        WriteWords(screen, report);
        if (report.Compiled is { Passed: false } compiled)
            CheckLines.Write(screen, compiled, "  ", "In process: ");
        if (report.Check is { } check)
            WriteCheck(screen, check);
        WriteCriteria(screen, common is null ? report : report with { Criteria = report.Criteria.Where(item => item.Standing is not CriterionStanding.NotShown).ToValueList() }, onlyUnmet: true);
        WriteCommands(screen, report, onlyFailed: true);
        foreach (var request in report.Requests)
            WriteRequest(screen, request);
        WriteContradictions(screen, report);
    }

    /// <summary>Writes the changed files with their counted lines.</summary>
    public static void WriteFiles(Screen screen, TaskReport report)
    {
        foreach (var file in report.Files)
        {
            var verb = file.Kind switch { FileChangeKind.Created => "created", FileChangeKind.Deleted => "deleted", _ => "changed" };
            screen.Hanging(
                "  ", "    ", $"{SafeText.Name(file.Path.Value)}  ", Ink.Faint($"{verb}  "), Ink.Added($"+{Figures.Count(file.Added)}"), " ", Ink.Removed($"{screen.Glyphs.Minus}{Figures.Count(file.Deleted)}"));
        }
    }

    /// <summary>Writes why the task is not complete, and what the user can do about it.</summary>
    public static void WriteReason(Screen screen, TaskReport report)
    {
        if (report.Reason is { } reason)
            screen.Hanging("  ", "    ", Ink.Alert("Reason: "), reason);
        // A failed check says it itself.
        if (report.Hint is { } hint && report.Check is not { Passed: false })
            screen.Hanging("  ", "    ", Ink.Strong("Hint: "), hint);
    }

    /// <summary>Writes the agent's own words.</summary>
    public static void WriteWords(Screen screen, TaskReport report)
    {
        if (report.Words is not { } words)
            return;
        screen.Hanging("  ", "    ", Ink.Faint("Work: "), words.Work);
        if (words.Notes is { } notes)
            screen.Hanging("  ", "    ", Ink.Faint("Notes: "), notes);
    }

    /// <summary>Writes the task's own check, and what it wrote and must not.</summary>
    public static void WriteCheck(Screen screen, CheckResult check)
    {
        CheckLines.Write(screen, check, "  ", "Own check: ");
        WriteUndone(screen, check.Undone, "    ");
    }

    /// <summary>Writes the criteria with what shows them; all of them, or the counts and those that are not met.</summary>
    public static void WriteCriteria(Screen screen, TaskReport report, bool onlyUnmet)
    {
        if (report.Criteria.Count == 0)
            return;
        int Of(CriterionStanding standing) => report.Criteria.Count(item => item.Standing == standing);
        var counts = new[] { (Of(CriterionStanding.Met), "met"), (Of(CriterionStanding.NotMet), "not met"), (Of(CriterionStanding.NotShown), "not shown") };
        screen.Line("  ", Ink.Faint("Criteria: "), string.Join(", ", counts.Where(count => count.Item1 > 0).Select(count => $"{count.Item1} {count.Item2}")));
        foreach (var item in report.Criteria.Where(item => !onlyUnmet || item.Standing is CriterionStanding.NotMet))
            screen.Hanging("    ", "      ", StandingOf(screen.Glyphs, item.Standing), item.Criterion, Ink.Faint(item.Evidence is { } evidence ? $"{screen.Glyphs.Dot}{SafeText.Name(evidence)}" : ""));
    }

    /// <summary>Writes what is missing in the evidence of every agent; nothing when it tells agents apart and is said of each.</summary>
    public static void WriteGap(Screen screen, EvidenceGap? gap)
    {
        if (gap is null)
            return;
        var why = gap.LacksNames ? "; the test runner does not name all tests that it counts" : "";
        screen.Hanging("  ", "    ", Ink.Faint("criteria: "), Ink.Alert($"{gap.NotShown} of {gap.Criteria} not shown by a test, a command or a file"), $", some of every agent's{why}");
    }

    /// <summary>Writes the commands with their exit codes; all of them, or the count and those that failed.</summary>
    public static void WriteCommands(Screen screen, TaskReport report, bool onlyFailed)
    {
        if (report.Commands.Count == 0)
            return;
        var failed = report.Commands.Count(command => command.ExitCode != 0);
        var free = report.Commands.Count(command => !command.IsSandboxed);
        screen.Line(
            "  ",
            Ink.Faint("Commands: "),
            $"{report.Commands.Count} run{(free == 0 ? HeldLines.Names(report.Commands.Select(command => command.HeldBy)) : "")}{(failed > 0 ? $", {failed} failed" : "")}",
            free > 0 ? Ink.Alert($", {free} not sandboxed") : "");
        foreach (var command in report.Commands.Where(command => !onlyFailed || command.ExitCode != 0 || command.Undone.Count > 0))
        {
            var end = command.End switch { CommandEnd.TimedOut => "killed at its time limit", CommandEnd.OverLimit => "killed for what it took", CommandEnd.NotStarted => "not started", _ => $"exit code {command.ExitCode}" };
            screen.Hanging(
                "    ",
                "      ",
                command.ExitCode == 0 ? Ink.Good(end) : Ink.Bad(end),
                $"{screen.Glyphs.Dot}{command.Command}",
                Ink.Faint($"{screen.Glyphs.Dot}{Figures.Duration(command.Seconds)}"),
                HeldLines.MarkOf(screen, command.IsSandboxed));
            WriteUndone(screen, command.Undone, "      ");
        }
    }

    /// <summary>Writes what the agent asked for outside its lane, and what was decided.</summary>
    public static void WriteRequest(Screen screen, FileRequest request)
    {
        var decided = request.Decision switch { FileDecision.Granted => Ink.Faint("granted"), FileDecision.Queued => Ink.Alert("queued"), _ => Ink.Alert("refused") };
        screen.Hanging("  ", "    ", Ink.Faint("Asked for: "), $"{request.Path} ({request.Why}){screen.Glyphs.Dot}", decided, request.Owner is { } owner ? $", owned by {owner}" : "");
    }

    /// <summary>Writes where the agent's words and the facts differ.</summary>
    public static void WriteContradictions(Screen screen, TaskReport report)
    {
        foreach (var contradiction in report.Contradictions)
            screen.Hanging("  ", "    ", Ink.Alert($"{screen.Glyphs.Warning}Contradiction: "), contradiction);
    }

    private static void WriteUndone(Screen screen, ValueList<RepoPath> undone, string indent)
    {
        if (undone.Count > 0)
            screen.Hanging(indent, indent + "  ", Ink.Alert("Undone: "), $"it wrote outside its lane: {string.Join(", ", undone.Take(MostPaths).Select(path => SafeText.Name(path.Value)))}{(undone.Count > MostPaths ? $" and {undone.Count - MostPaths} more" : "")}");
    }

    private static Phrase StandingOf(Glyphs glyphs, CriterionStanding standing) => standing switch
    {
        CriterionStanding.Met => Ink.Good($"{glyphs.Tick}met: "),
        CriterionStanding.NotMet => Ink.Bad($"{glyphs.Cross}not met: "),
        _ => Ink.Alert($"{glyphs.Unknown}not shown: "),
    };
}
