using System.CommandLine;
using Planlane.Cli.Dialogue;
using Planlane.Cli.Output;
using Planlane.Runs;

namespace Planlane.Cli.Commands;

/// <summary><c>planlane review [RUN]</c>: decide on work that waits.</summary>
internal static class ReviewCommand
{
    public static Command Create(GlobalOptions options)
    {
        var id = new Argument<string?>("RUN") { Description = "The run, or the beginning of its id [default: the newest that waits]", Arity = ArgumentArity.ZeroOrOne };
        var approve = ApprovalOption.Create();
        var decide = new ReviewOptions();
        var command = new Command("review", "Look at the work of a run that waits, and decide on it: whole, per agent, file or hunk") { id, approve };
        decide.AddTo(command, approve);
        var landing = new LandingOptions();
        landing.AddTo(command);
        command.SetAction(CommandRun.Of(options, async run =>
        {
            var given = decide.Of(run.Parsed);
            var service = await EngineDoor.OpenAsync(null, run.Interrupts.Stop).ConfigureAwait(false);
            var state = await FindAsync(service, run.Parsed.GetValue(id), run.Interrupts.Stop).ConfigureAwait(false);
            var isApproved = state is { End: null, Halt: not null, ApprovedChanges: not null };
            if (state.Waiting is not RunWait.ReviewDecision && !isApproved)
                throw new PlanlaneException(
                    FaultKind.Usage,
                    $"Run {state.Id} does not wait for a review: it is {RunStatus.Of(state).Words}.",
                    RunStatus.NextCommand(state) is { } next ? $"Go on: {next}" : $"See what it did: planlane show {state.Id}");
            if (run.Json is { } json && given is null && run.Parsed.GetValue(approve) is null)
                return await TellAsync(json, service, state, run.Interrupts.Stop).ConfigureAwait(false);
            run.Telemetry.Begin();
            var active = await service.ResumeAsync(new RunResumed(Budget: null) { Review = isApproved, Landing = landing.Read(run.Parsed).Changed(state.Settings.Landing) }, state.Id, run.Interrupts.Stop).ConfigureAwait(false);
            return await new RunDialogue(run.Terminal, service, AutoApproval.Of(run.Parsed.GetValue(approve)), run.Json, run.Interrupts) { Given = given }.FollowAsync(active).ConfigureAwait(false);
        }));
        return command;
    }

    // Only read: nothing is recorded, and another process may be at the run.
    private static async Task<int> TellAsync(JsonLines json, RunService service, RunState state, CancellationToken cancellationToken)
    {
        await using var door = service.OpenReviews();
        var review = await door.ReadAsync(state with { ApprovedChanges = null }, cancellationToken).ConfigureAwait(false);
        json.Write(await ReviewJson.WholeAsync(state, review, door, DecisionFile.Version, cancellationToken).ConfigureAwait(false));
        json.Write(RunJson.Result(state, ExitCodes.InputNeeded));
        return ExitCodes.InputNeeded;
    }

    private static async Task<RunState> FindAsync(RunService service, string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
            return await EngineDoor.FindAsync(service, id, cancellationToken).ConfigureAwait(false);
        var waiting = (await service.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(state => state.Waiting is RunWait.ReviewDecision);
        return waiting ?? throw new PlanlaneException(FaultKind.Usage, "No run waits for a review.", "List the runs: planlane runs");
    }
}
