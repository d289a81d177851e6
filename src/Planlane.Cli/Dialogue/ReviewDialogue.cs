using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>The review's part of a run's dialogue: shows the work, and decides by what was said beforehand or by asking.</summary>
/// <param name="terminal">The streams.</param>
/// <param name="service">The repository's runs.</param>
/// <param name="auto">What was approved beforehand.</param>
/// <param name="answers">Asks.</param>
/// <param name="json">Whether results are JSON.</param>
internal sealed class ReviewDialogue(Terminal terminal, RunService service, AutoApproval auto, Answers answers, bool json)
{
    private GivenReview? _given;
    private bool _wasGiven;

    /// <summary>What flags or a file said of the first review; null to ask.</summary>
    public GivenReview? Given
    {
        get => _given;
        init => _given = value;
    }

    /// <summary>Decides on the work; false when nobody is there who could.</summary>
    /// <exception cref="PlanlaneException">What was said beforehand cannot be done.</exception>
    public async Task<bool> DecideAsync(ActiveRun run, RunState state, CancellationToken cancellationToken)
    {
        if (_given is { } given)
        {
            (_given, _wasGiven) = (null, true);
            return await GivenAsync(run, state, given, cancellationToken).ConfigureAwait(false);
        }

        // Who was asked whether to look again is not answered by a rule, which would only be refused by the hook once more.
        var isDecided = auto.Changes && state.Work!.Passed && !(terminal.CanAsk && state.Refusal is not null);
        if (!terminal.CanAsk || isDecided)
            Present(state, isDecided);
        if (!terminal.CanAsk && RefusalOf(state) is { } refusal)
            throw new PlanlaneException(FaultKind.ChecksFailed, refusal, $"Look at the work and decide: planlane review {state.Id}");
        if (isDecided)
        {
            await run.DecideAsync(new ReviewDecision.Approved([]), ReviewRules.Auto).ConfigureAwait(false);
            return true;
        }

        return terminal.CanAsk && await AskAsync(run, state, cancellationToken).ConfigureAwait(false);
    }

    // Whoever has said yes beforehand is told why it is none; so is who left out parts, of which the rest fails.
    private string? RefusalOf(RunState state)
    {
        if (auto.Changes)
            return ReviewRules.Refusal(state, new ReviewDecision.Approved([]), ReviewRules.Auto);
        return _wasGiven && !state.Work!.Passed ? "Checks failed on what was to be committed, so nothing was." : null;
    }

    private async Task<bool> GivenAsync(ActiveRun run, RunState state, GivenReview given, CancellationToken cancellationToken)
    {
        await using var door = service.OpenReviews();
        var open = await OpenAsync(run, state, door, cancellationToken).ConfigureAwait(false);
        await open.MarkAsync(given.ViewedIn(state, open.Review), true).ConfigureAwait(false);
        if (!given.Decides)
            return false;
        open.Selection = given.SelectionFor(state, open.Review);
        if (given.Approves && !state.Work!.Passed && given.Work is null)
            throw new PlanlaneException(FaultKind.ChecksFailed, "Checks failed on this work; a yes to it has to name it, so that it is for no other.", $"Look at it, then say --work {ReviewView.Short(open.Review)} too.");
        var decision = await open.DecisionAsync(cancellationToken).ConfigureAwait(false);
        if (terminal.Progress is ProgressMode.Live or ProgressMode.Plain)
            ReviewSelectionView.Write(terminal.Error, state, open.Review, open.Selection);
        await open.MarkAsync(given.ApprovedIn(state, open.Review), true).ConfigureAwait(false);
        await run.DecideAsync(decision, "user").ConfigureAwait(false);
        return true;
    }

    private async Task<bool> AskAsync(ActiveRun run, RunState state, CancellationToken cancellationToken)
    {
        await using var door = service.OpenReviews();
        var open = await OpenAsync(run, state, door, cancellationToken).ConfigureAwait(false);
        var isPlain = terminal.Error.IsPlain;
        var reading = new ReviewReading(terminal.Error, new UserEditor(terminal.Error, Environment.GetEnvironmentVariable))
        {
            Pager = isPlain ? Pager.None : await Pager.FindAsync(Environment.GetEnvironmentVariable, cancellationToken).ConfigureAwait(false),
            IsColoured = terminal.Error.HasColour,
            Rows = terminal.Rows,
        };
        ReviewView.Write(terminal.Error, state, open.Review, reading.Rows);
        OfferRefusal(open);
        if (await new ReviewPrompt(answers, open, reading).AskAsync(cancellationToken).ConfigureAwait(false) is not { } decision)
            return false;
        await run.DecideAsync(decision, "user").ConfigureAwait(false);
        return true;
    }

    // What a hook said of a commit is ready to be sent to its agent; whoever wants something else clears it.
    private void OfferRefusal(OpenReview open)
    {
        if (open.State.Refusal is not { Comment: { } comment } refusal || open.State.LeftOut.Contains(comment.Task!.Value))
            return;
        open.Selection = open.Selection.With(comment);
        terminal.Error.Hanging("", "  ", Ink.Alert($"The {refusal.Hook} hook refused the commit of {refusal.Agent}. "), $"What it says is a comment for {refusal.Agent} now: yes sends it, clear forgets it.");
    }

    private static async Task<OpenReview> OpenAsync(ActiveRun run, RunState state, ReviewDoor door, CancellationToken cancellationToken) =>
        new(state, await door.ReadAsync(state, cancellationToken).ConfigureAwait(false), door, run.MarkAsync);

    // What nobody can be asked about is the command's result; else it is a part of the conversation.
    public void Present(RunState state, bool isDecided)
    {
        var tells = isDecided && terminal.Progress is (ProgressMode.Live or ProgressMode.Plain);
        if (tells || !(isDecided || json))
            WorkView.Write(tells ? terminal.Error : terminal.Out, state);
    }
}
