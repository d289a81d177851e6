using System.CommandLine;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane plan "REQUEST" -o plan.json</c>: a plan and no more.</summary>
internal static class PlanCommand
{
    public static Command Create(GlobalOptions options)
    {
        var request = RequestArgument.Create();
        var start = new StartOptions();
        var output = new Option<string?>("--output", "-o") { Description = "Save the plan to this file", HelpName = "FILE" };
        var command = new Command("plan", "Plan a request, and run nothing") { request, output };
        start.AddTo(command);
        command.SetAction(CommandRun.Of(options, run =>
        {
            var words = RequestArgument.Read(run.Parsed.GetValue(request), []);
            return new RunStarter(run, start.LayerOf(run.Parsed)).PlanAsync(words, run.Parsed.GetValue(output));
        }));
        return command;
    }
}
