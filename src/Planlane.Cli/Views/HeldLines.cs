using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Views;

/// <summary>What held the commands that ran.</summary>
internal static class HeldLines
{
    /// <summary>The mark of a command that nothing held; nothing for one that was held.</summary>
    public static Phrase MarkOf(Screen screen, bool isSandboxed) => isSandboxed ? "" : Ink.Alert($"{screen.Glyphs.Dot}{screen.Glyphs.Warning}not sandboxed");

    /// <summary>The names of what held commands, behind a count of them; empty when nothing did.</summary>
    public static string Names(IEnumerable<string?> names)
    {
        var all = names.OfType<string>().Distinct().ToList();
        return all.Count == 0 ? "" : $" in {string.Join(" and ", all)}";
    }

    /// <summary>Writes how many commands and checks of a run were held, and by what.</summary>
    public static void Write(Screen screen, RunState state)
    {
        var reports = state.Tasks.Select(task => task.Report).OfType<Reports.TaskReport>().ToList();
        var runs = reports.SelectMany(report => report.Commands).Select(command => (command.IsSandboxed, command.HeldBy))
            .Concat(reports.Select(report => report.Check).Concat(state.Work?.Checks ?? []).OfType<Reports.CheckResult>().Select(check => (check.IsSandboxed, check.HeldBy))).ToList();
        if (runs.Count == 0)
            return;
        screen.Blank();
        var free = runs.Count(run => !run.IsSandboxed);
        if (free == 0)
            screen.Line(Ink.Faint("Sandbox: "), $"{Figures.Counted(runs.Count, "command")} and checks ran{(Names(runs.Select(run => run.HeldBy)) is { Length: > 0 } names ? names : " in a sandbox")}");
        else
            screen.Line(Ink.Alert($"{screen.Glyphs.Warning}Sandbox: "), $"{free} of {Figures.Counted(runs.Count, "command")} and checks ran without one, with your rights");
    }
}
