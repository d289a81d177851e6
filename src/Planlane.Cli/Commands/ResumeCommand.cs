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
        var budget = new BudgetOption("A new cap on the run's whole cost, in US dollars");
        var landing = new LandingOptions();
        var rebase = new Option<bool>("--rebase") { Description = "Put the work on HEAD as it is now; it is checked again, and reviewed again where both changed a file" };
        var command = new Command("resume", "Go on with a run that was stopped, waits, or reached its budget") { id, approve, hash };
        foreach (var option in budget.All)
            command.Add(option);
        var details = DetailsOption.Create();
        command.Add(details);
        command.Add(rebase);
        landing.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            run.Telemetry.Begin();
            var resumed = new RunResumed(budget.Run(run.Parsed))
            {
                SharedBudgets = EngineDoor.SharedOf(state.Settings.SharedBudgets, budget.Shared(run.Parsed)),
                Landing = landing.Read(run.Parsed).Changed(state.Settings.Landing),
                Rebase = run.Parsed.GetValue(rebase),
            };
            var active = await service.ResumeAsync(resumed, state.Id, run.Interrupts.Stop).ConfigureAwait(false);
            return await new RunDialogue(run.Terminal, service, AutoApproval.Of(run.Parsed.GetValue(approve), run.Parsed.GetValue(hash)), run.Json, run.Interrupts) { ShowsDetails = run.Parsed.GetValue(details) }.FollowAsync(active).ConfigureAwait(false);
        }));
        return command;
    }

    private static async Task<RunState> FindAsync(RunService service, string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
            return await EngineDoor.FindAsync(service, id, cancellationToken).ConfigureAwait(false);
        return (await service.OverviewsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(run => run.End is null) is { } open
            ? await service.LoadAsync(open.Id, cancellationToken).ConfigureAwait(false)
            : throw new PlanlaneException(FaultKind.Usage, "Every run of this repository has ended.", "List them: planlane runs");
    }
}
