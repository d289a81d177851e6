using System.CommandLine;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane plan "REQUEST" -o plan.json</c>: a plan and no more.</summary>
internal static class PlanCommand
{
    public static Command Create(GlobalOptions options)
    {
        var request = new RequestOptions();
        var start = new StartOptions();
        var output = new Option<string?>("--output", "-o") { Description = "Save the plan to this file", HelpName = "FILE" };
        var command = new Command("plan", "Plan a request, and run nothing");
        request.AddTo(command);
        start.AddTo(command);
        command.Add(output);
        command.SetAction(CommandRun.Of(options, run =>
        {
            var words = request.Read(run.Parsed, []);
            var starter = new RunStarter(run, start.LayerOf(run.Parsed)) { Again = request.CommandOf(run.Parsed) };
            return starter.PlanAsync(words, run.Parsed.GetValue(output));
        }));
        return command;
    }
}
