using System.CommandLine;
using Planlane.Cli.Output;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane undo RUN</c>: take a landed run back.</summary>
internal static class UndoCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string>("RUN") { Description = "The run, or the beginning of its id" };
        var command = new Command("undo", "Take back the commits of a landed run; your own changes are kept") { id };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            await service.UndoAsync(state.Id, run.Interrupts.Stop).ConfigureAwait(false);
            var receipt = state.Receipt!;
            run.Json?.Write(new { type = "undone", run = state.Id, commits = receipt.Commits.Count, head = receipt.OldHead });
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                run.Terminal.Out.Line(
                    Ink.Good($"{run.Terminal.Out.Glyphs.Done}Taken back: "),
                    $"{Figures.Counted(receipt.Commits.Count, "commit")} of run {state.Id}; HEAD is {receipt.OldHead.Value[..7]} again.");
            return ExitCodes.Ok;
        }));
        return command;
    }
}
