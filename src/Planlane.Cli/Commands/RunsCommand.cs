using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Views;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane runs</c>: all runs of the repository.</summary>
internal static class RunsCommand
{
    public static Command Create(GlobalOptions options)
    {
        var command = new Command("runs", "List the runs of this repository, the newest first");
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var states = await service.ListAsync(run.Interrupts.Stop).ConfigureAwait(false);
            foreach (var state in states)
                run.Json?.Write(RunJson.Line(state));
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                RunsView.Write(run.Terminal.Out, states);
            return ExitCodes.Ok;
        }));
        return command;
    }
}
