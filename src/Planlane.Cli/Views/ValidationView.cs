using Planlane.Cli.Commands;
using Planlane.Cli.Output;

namespace Planlane.Cli.Views;

/// <summary>What was found in a plan's file: a line for each problem as compilers write them, and the sum.</summary>
internal static class ValidationView
{
    public static void Write(Screen screen, Validation result)
    {
        foreach (var problem in result.Problems)
            screen.Hanging("", "  ", $"{result.Path}:{problem.Line}:{problem.Column}: ", Ink.Alert(problem.Rule), $": {problem.Message}");
        foreach (var note in result.Proof?.Notes ?? [])
            screen.Hanging("", "  ", Ink.Faint("Note: "), note.Message);
        if (result.Problems.Count > 0)
        {
            screen.Line(Ink.Bad($"{screen.Glyphs.Failure}{Figures.Counted(result.Problems.Count, "problem")}"), $" in {result.Path}.");
            return;
        }

        screen.Line(Ink.Good($"{screen.Glyphs.Done}Valid: "), $"{Figures.Counted(result.Proof!.Plan.Tasks.Count, "task")}, plan {result.Hash}");
        if (result.Rebased)
            screen.Line($"The plan is now for HEAD, commit {result.Moved!.To.Value[..7]}.");
        if (result.IsStale)
        {
            var fault = result.Moved!.ToFault(result.Path);
            screen.Hanging("", "       ", Ink.Alert("Stale: "), fault.Message);
            screen.Hanging("", "      ", Ink.Strong("hint: "), fault.Hint ?? "");
        }

        if (!result.Proof.Verdict.Divides)
            screen.Hanging("", "  ", Ink.Alert("Not to be divided: "), result.Proof.Verdict.Reason);
    }
}
