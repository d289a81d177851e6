using Planlane.Cli.Live;
using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>Follows a run to its end: tells its progress, asks for decisions or takes them by the user's rules, and says how to go on.</summary>
/// <param name="terminal">The streams.</param>
/// <param name="service">The repository's runs.</param>
/// <param name="auto">What was approved beforehand.</param>
/// <param name="json">The JSON stream of results, or null.</param>
/// <param name="interrupts">The user's signals.</param>
internal sealed class RunDialogue(Terminal terminal, RunService service, AutoApproval auto, JsonLines? json, Interrupts interrupts)
{
    private readonly Answers _answers = new(terminal.Error, Console.In);

    /// <summary>The command that goes on with a run that waits; the run's own <c>planlane resume</c> when null.</summary>
    public string? GoOn { get; init; }

    /// <summary>The command that asks for the same again; made of the run's request when null.</summary>
    public string? Again { get; init; }

    /// <summary>Whether a plan is shown whole where an overview would fit the screen.</summary>
    public bool ShowsDetails { get; init; }

    /// <summary>Whether the run is still there when the command ends.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>What flags or a file said of the work; null to ask.</summary>
    public GivenReview? Given { get; init; }

    private ReviewDialogue Review => field ??= new ReviewDialogue(terminal, service, auto, _answers, json is not null) { Given = Given };

    /// <summary>Follows a run until it has ended, stands still, waits for somebody who is not there, or is stopped.</summary>
    /// <param name="run">The run; is disposed.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(ActiveRun run)
    {
        var (code, state) = await FollowOnceAsync(run).ConfigureAwait(false);
        return json is null && interrupts.ExitCode == 0 && IsKept && await LandingOffer.AskAsync(terminal, _answers, state, interrupts.Stop).ConfigureAwait(false) is { } resumed
            ? await FollowAsync(await service.ResumeAsync(resumed, state.Id, interrupts.Stop).ConfigureAwait(false)).ConfigureAwait(false)
            : code;
    }

    private async Task<(int Code, RunState State)> FollowOnceAsync(ActiveRun run)
    {
        await using (run.ConfigureAwait(false))
        {
            interrupts.OnSecond(run.KillAsync);
            await using var stopping = interrupts.Stop.Register(() => Stop(run));
            var refused = await TellAsync(run).ConfigureAwait(false);
            interrupts.OnSecond(null);
            var state = await run.Completion.ConfigureAwait(false);
            return (interrupts.ExitCode != 0 && state.End is null ? Stopped(state) : Ended(state, refused), state);
        }
    }

    private void Stop(ActiveRun run)
    {
        if (run.State.Waiting is RunWait.Nobody)
            Notices.WriteStopping(terminal.Error);
        _ = run.StopAsync();
    }

    private async Task<PlanlaneException?> TellAsync(ActiveRun run)
    {
        using var reporter = new RunReporter(terminal, json, run.State, TimeProvider.System.GetUtcNow, new RunControls(run, interrupts.AskToStop));
        await using var stopping = interrupts.Stop.Register(reporter.SayStopping);
        _ = reporter.ShowAsync(run.Activities);
        PlanlaneException? refused = null;
        var undecided = false;
        await foreach (var update in run.Updates.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            reporter.Show(update);
            if (undecided || update.State.Waiting is RunWait.Nobody || update.State.Sequence != run.State.Sequence || interrupts.Stop.IsCancellationRequested)
                continue;
            try
            {
                reporter.Suspend();
                if (await DecideAsync(run, update.State).ConfigureAwait(false))
                    continue;
            }
            catch (OperationCanceledException)
            {
                terminal.Error.Blank();
            }
            catch (PlanlaneException exception)
            {
                refused = exception;
            }
            finally
            {
                reporter.Continue();
            }

            undecided = true;
            await run.StopAsync().ConfigureAwait(false);
        }

        return refused;
    }

    // Whether a decision was made.
    private Task<bool> DecideAsync(ActiveRun run, RunState state) =>
        state.Waiting is RunWait.PlanDecision ? DecidePlanAsync(run, state) : Review.DecideAsync(run, state, interrupts.Stop);

    private async Task<bool> DecidePlanAsync(ActiveRun run, RunState state)
    {
        Present(state, auto.DecidesPlan);
        if (auto.DecidesPlan)
        {
            await run.DecideAsync(new Approval.PlanDecision.Approved { PlanHash = auto.PlanHash }, auto.PlanHash is null ? ReviewRules.Auto : "user").ConfigureAwait(false);
            return true;
        }

        var editor = new PlanEditor(service, terminal.Error, Environment.GetEnvironmentVariable);
        if (!terminal.CanAsk || await new PlanPrompt(_answers, editor, screen => PlanView.Write(screen, state, service.Sandbox)).AskAsync(state, interrupts.Stop).ConfigureAwait(false) is not { } decision)
            return false;
        await run.DecideAsync(decision, "user").ConfigureAwait(false);
        return true;
    }

    /// <summary>Shows what is to be decided on.</summary>
    /// <remarks>What nobody can be asked about is the command's result; else it is a part of the conversation.</remarks>
    /// <param name="state">A run that waits for a decision.</param>
    /// <param name="isDecided">Whether the decision is known.</param>
    public void Present(RunState state, bool isDecided)
    {
        if (state.Waiting is RunWait.ReviewDecision)
        {
            Review.Present(state, isDecided);
            return;
        }

        var asks = terminal.CanAsk && !isDecided;
        var tells = isDecided && terminal.Progress is (ProgressMode.Live or ProgressMode.Plain);
        if (!asks && !tells && (isDecided || json is not null))
            return;
        var screen = asks || tells ? terminal.Error : terminal.Out;
        PlanChangesView.Write(screen, state);
        if (asks && !ShowsDetails)
            PlanOverview.WriteFitting(screen, state, service.Sandbox, terminal.Rows);
        else
            PlanView.Write(screen, state, service.Sandbox);
    }

    private int Stopped(RunState state)
    {
        terminal.Error.Line(Ink.Alert("Stopped. "), IsKept ? "Nothing that was paid for is lost." : "");
        if (IsKept)
            terminal.Error.Line("Go on: ", Ink.Strong(CommandFor(state)));
        return Finished(state, interrupts.ExitCode);
    }

    /// <summary>Says how a run ended or why it stands still, and how to go on.</summary>
    /// <param name="state">The run.</param>
    /// <param name="refused">The decision that was not taken, or null.</param>
    /// <returns>The exit code.</returns>
    public int Ended(RunState state, PlanlaneException? refused = null)
    {
        if (refused is not null)
        {
            Diagnostics.Write(terminal, refused.Message, refused.Hint);
            return Finished(state, ExitCodes.Of(refused.Kind));
        }

        if (state.End is not null)
            WriteEnd(state);
        else if (RunDecider.StandsStill(state) is { } halt)
            WriteHalt(state, halt);
        else if (state.Waiting is not RunWait.Nobody)
            WriteWaiting(state);
        return Finished(state, ExitCodes.Of(state));
    }

    private void WriteEnd(RunState state)
    {
        if (json is not null)
            return;
        if (state.End!.Outcome is RunOutcome.Planned)
            PlanView.Write(terminal.Out, state, service.Sandbox);
        else
            SummaryView.Write(terminal.Out, state);
        if (state.End.Outcome is RunOutcome.Unsuitable)
            UnsuitableOffer.Write(terminal.Error, Again ?? CommandText.Of(state.Request));
    }

    private void WriteHalt(RunState state, RunHalt halt)
    {
        Diagnostics.Write(terminal, halt.Message, halt.Hint);
        if (halt.Kind is FaultKind.Failed && IsKept)
            terminal.Error.Line("What led there: ", service.LogPathOf(state.Id));
        if (halt.Kind is not FaultKind.Budget)
            terminal.Error.Line("Go on: ", Ink.Strong(CommandFor(state)));
    }

    private void WriteWaiting(RunState state)
    {
        var (what, rule) = state.Waiting is RunWait.PlanDecision ? ("plan", "plan") : ("work", "changes");
        terminal.Error.Blank();
        terminal.Error.Line(Ink.Alert("Waiting for your decision "), $"on the {what}. Nothing was committed.");
        terminal.Error.Line("Decide: ", Ink.Strong(CommandFor(state)));
        terminal.Error.Line("Or say yes without being asked: ", Ink.Strong($"{CommandFor(state)} --auto-approve {rule}"));
    }

    private string CommandFor(RunState state) => GoOn ?? RunStatus.NextCommand(state) ?? $"planlane resume {state.Id}";

    private int Finished(RunState state, int exitCode)
    {
        json?.Write(RunJson.Result(state, exitCode));
        return exitCode;
    }
}
