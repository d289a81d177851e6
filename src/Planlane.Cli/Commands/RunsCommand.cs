using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Views;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane runs</c>: the runs of the repository.</summary>
internal static class RunsCommand
{
    public static Command Create(GlobalOptions options)
    {
        var filter = new RunFilter();
        var command = new Command("runs", "List the runs of this repository, the newest first");
        filter.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var all = await service.OverviewsAsync(run.Interrupts.Stop).ConfigureAwait(false);
            var (runs, more) = filter.Of(run.Parsed, all, TimeProvider.System.GetUtcNow(), run.Json is null);
            foreach (var overview in runs)
                run.Json?.Write(RunJson.Line(overview));
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                RunsView.Write(run.Terminal.Out, runs, more, filter.IsGiven(run.Parsed) && all.Count > 0);
            return ExitCodes.Ok;
        }));
        return command;
    }
}
