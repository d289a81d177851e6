using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Settings;
using Planlane.Cli.Views;
using Planlane.Requests;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane map ["REQUEST"]</c>: what Planlane knows of the repository, and what a planner would be shown of it.</summary>
internal static class MapCommand
{
    public static Command Create(GlobalOptions options)
    {
        var text = new Argument<string?>("\"REQUEST\"") { Description = "What to build, in words; ranks the files for it. - reads it from stdin", Arity = ArgumentArity.ZeroOrOne };
        var prompt = new Option<bool>("--prompt") { Description = "Print the text that the planner would read of the repository, and nothing else" };
        var command = new Command("map", "Show the repository as a planner would be shown it; asks no model") { text, prompt };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var words = run.Parsed.GetValue(text);
            var request = words is null ? new RunRequest("", [], []) : RequestArgument.Read(words, CommandTree.NamesOf(run.Parsed));
            var checks = EngineDoor.SettingsOf(SettingsLayer.Empty).Checks;
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var map = await service.MapAsync(request, checks, run.Interrupts.Stop).ConfigureAwait(false);
            run.Json?.Write(MapJson.Of(map, request, run.Parsed.GetValue(prompt)));
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                Write(run.Terminal.Out, map, request, checks.Count > 0, run.Parsed.GetValue(prompt));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static void Write(Screen screen, RepositoryMap map, RunRequest request, bool areSet, bool isPrompt)
    {
        if (isPrompt)
            screen.Text(map.Text);
        else
            MapView.Write(screen, map, request, areSet);
    }
}
