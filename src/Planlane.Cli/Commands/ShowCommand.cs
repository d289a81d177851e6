using System.CommandLine;
using Planlane.Cli.Output;
using Planlane.Cli.Views;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane show [RUN]</c>: what a run did.</summary>
internal static class ShowCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string?>("RUN") { Description = "The run, or the beginning of its id [default: the newest]", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("show", "Show the plan, the work and the end of a run") { id };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            run.Json?.Write(RunJson.Whole(state));
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                RunView.Write(run.Terminal.Out, state);
            return ExitCodes.Ok;
        }));
        return command;
    }
}
