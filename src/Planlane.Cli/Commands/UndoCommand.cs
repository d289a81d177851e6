using System.CommandLine;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Views;
using Planlane.Commits;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane undo RUN</c>: take a landed run back, or let it land again.</summary>
internal static class UndoCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string>("RUN") { Description = "The run, or the beginning of its id" };
        var redo = new Option<bool>("--redo") { Description = "Let a run land again that was taken back" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask first" };
        var command = new Command("undo", "Take back the commits of a landed run; your own changes are kept") { id, redo, yes };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await EngineDoor.FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            var isRedo = run.Parsed.GetValue(redo);
            var plan = await service.PlanUndoAsync(state.Id, isRedo, run.Interrupts.Stop).ConfigureAwait(false);
            if (!run.Parsed.GetValue(yes) && !await AskAsync(run, state, plan).ConfigureAwait(false))
                return ExitCodes.InPart;
            plan = isRedo ? await service.RedoAsync(state.Id, run.Interrupts.Stop).ConfigureAwait(false) : await service.UndoAsync(state.Id, run.Interrupts.Stop).ConfigureAwait(false);
            run.Json?.Write(new { type = isRedo ? "redone" : "undone", run = state.Id, way = plan.Way, commits = plan.Commits.Count, head = plan.Head });
            run.Json?.Result(ExitCodes.Ok);
            if (run.Json is null)
                UndoLines.Done(run.Terminal.Out, state.Id, plan);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static async Task<bool> AskAsync(CommandRun run, RunState state, UndoPlan plan)
    {
        var again = $"planlane undo {state.Id}{(plan.Way is UndoWay.Forward or UndoWay.Reapply || state.IsUndone ? " --redo" : "")} --yes";
        if (!run.Terminal.CanAsk)
            throw new PlanlaneException(FaultKind.InputNeeded, $"{UndoLines.Words(plan)} Nothing was done, as nobody can be asked.", $"Do it without being asked: {again}");
        UndoLines.Planned(run.Terminal.Error, plan);
        return await new Answers(run.Terminal.Error, Console.In).AgreesAsync("Do it? (yes / no)", run.Interrupts.Stop).ConfigureAwait(false);
    }
}
