using System.CommandLine;
using Planlane.Cli.Dialogue;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane resume [RUN]</c>: go on with a run.</summary>
internal static class ResumeCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string?>("RUN") { Description = "The run, or the beginning of its id [default: the newest that has not ended]", Arity = ArgumentArity.ZeroOrOne };
        var approve = ApprovalOption.Create();
        var hash = ApprovalOption.CreateForPlan();
        var budget = BudgetOption.Create("A new cap on the run's whole cost, in US dollars");
        var command = new Command("resume", "Go on with a run that was stopped, waits, or reached its budget") { id, approve, hash, budget };
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            run.Telemetry.Begin();
            var active = await service.ResumeAsync(state.Id, BudgetOption.Read(run.Parsed, budget), run.Interrupts.Stop).ConfigureAwait(false);
            return await new RunDialogue(run.Terminal, service, AutoApproval.Of(run.Parsed.GetValue(approve), run.Parsed.GetValue(hash)), run.Json, run.Interrupts).FollowAsync(active).ConfigureAwait(false);
        }));
        return command;
    }

    private static async Task<RunState> FindAsync(RunService service, string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
            return await EngineDoor.FindAsync(service, id, cancellationToken).ConfigureAwait(false);
        var open = (await service.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(state => state.End is null);
        return open ?? throw new PlanlaneException(FaultKind.Usage, "Every run of this repository has ended.", "List them: planlane runs");
    }
}
