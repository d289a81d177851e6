using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Planning;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane validate plan.json</c>: what the rules say of a saved plan.</summary>
internal static class ValidateCommand
{
    public static Command Create(GlobalOptions options)
    {
        var file = new Argument<string>("FILE") { Description = "A plan that 'planlane plan -o' saved" };
        var command = new Command("validate", "Check a saved plan: lanes disjoint, graph acyclic, everything covered") { file };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var saved = await PlanFile.ReadAsync(run.Parsed.GetValue(file)!, run.Interrupts.Stop).ConfigureAwait(false);
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var proof = await service.ProveAsync(saved.Request, saved.Plan, EngineDoor.SettingsOf(SettingsLayer.Empty), run.Interrupts.Stop).ConfigureAwait(false);
            var problems = proof.Problems;
            var code = problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Usage;
            run.Json?.Write(new { type = "validation", hash = saved.Hash, problems });
            run.Json?.Result(code);
            if (run.Json is null)
                Write(run.Terminal.Out, saved, problems);
            return code;
        }));
        return command;
    }

    private static void Write(Screen screen, PlanFile saved, IReadOnlyList<PlanProblem> problems)
    {
        if (problems.Count == 0)
        {
            screen.Line(Ink.Good($"{screen.Glyphs.Done}Valid: "), $"{Figures.Counted(saved.Plan.Tasks.Count, "task")}, plan {saved.Hash}");
            return;
        }

        screen.Line(Ink.Bad($"{screen.Glyphs.Failure}The plan has {Figures.Counted(problems.Count, "problem")}:"));
        foreach (var problem in problems)
            screen.Hanging("- ", "  ", $"{problem.Message} ", Ink.Faint($"({problem.Rule})"));
    }
}
