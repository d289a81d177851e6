using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Cli.Dialogue;

/// <summary>Asks for the decision on the work.</summary>
/// <param name="answers">Asks.</param>
/// <param name="open">The review.</param>
/// <param name="reading">Shows texts and lets them be edited.</param>
internal sealed class ReviewPrompt(Answers answers, OpenReview open, ReviewReading reading)
{
    private readonly Screen _screen = answers.Screen;

    /// <summary>The decision; null when the input ended before one was made.</summary>
    public async Task<ReviewDecision?> AskAsync(CancellationToken cancellationToken)
    {
        while (await answers.AskAsync(Question(), cancellationToken).ConfigureAwait(false) is { } words)
        {
            try
            {
                var answer = ReviewAnswer.Read(words, open.State, open.Review);
                if (await ActAsync(answer, cancellationToken).ConfigureAwait(false) is not { } act)
                    return null;
                if (act.Decision is not null)
                    return act.Decision;
            }
            catch (PlanlaneException exception) when (exception.Kind is FaultKind.Usage)
            {
                _screen.Hanging("", "  ", Ink.Alert(exception.Message), exception.Hint is { } hint ? $" {hint}" : "");
            }
        }

        return null;
    }

    private string Question() => open.Selection.Comments.Count > 0
        ? $"Send {Figures.Counted(open.Selection.Comments.Count, "comment")}? (yes / no / changes / clear)"
        : open.IsUntouched ? WorkView.Question : "Create commits without what you left out? (yes / no / changes / clear)";

    // Null at the end of the input.
    private async Task<Act?> ActAsync(ReviewAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case ReviewAnswer.Yes: return await FinishAsync(open.Selection, isExact: open.Selection.Comments.Count == 0 && open.IsUntouched, cancellationToken).ConfigureAwait(false);
            case ReviewAnswer.No: return await RejectAsync(cancellationToken).ConfigureAwait(false);
            case ReviewAnswer.Except except:
                var without = except.Targets.Aggregate(open.Selection, (chosen, target) => chosen.Without(target));
                var isExact = open.IsUntouched && except.Targets.All(target => target.Path is null) && ReviewConsequences.Of(open.State, open.Review, without).Count == 0;
                return await FinishAsync(without, isExact, cancellationToken).ConfigureAwait(false);
            case ReviewAnswer.Keep keep:
                open.Selection = keep.Targets.Aggregate(open.Selection, (chosen, target) => chosen.With(target, open.Review));
                return new Act();
            case ReviewAnswer.Comment comment: return await FinishAsync(open.Selection.With(comment.Words), isExact: open.IsUntouched, cancellationToken).ConfigureAwait(false);
            case ReviewAnswer.AskForChanges: return await AskForChangesAsync(cancellationToken).ConfigureAwait(false);
            case ReviewAnswer.Walk walk: return await WalkAsync(walk.Target, cancellationToken).ConfigureAwait(false);
            case ReviewAnswer.Clear: open.Selection = ReviewSelection.Of(open.State); return new Act();
            default: await ShowAsync(answer, cancellationToken).ConfigureAwait(false); return new Act();
        }
    }

    // At the question whether to send comments, a no may be meant for the comments alone.
    private async Task<Act?> RejectAsync(CancellationToken cancellationToken)
    {
        if (open.IsUntouched)
            return new Act(new ReviewDecision.Rejected());
        if (await answers.AskAsync("Commit nothing, and end the run? (yes / no; clear forgets only what you chose)", cancellationToken).ConfigureAwait(false) is not { } sure)
            return null;
        return new Act(sure.ToLowerInvariant() is "yes" or "y" ? new ReviewDecision.Rejected() : null);
    }

    private async Task ShowAsync(ReviewAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case ReviewAnswer.ShowDiff show: await reading.ShowAsync(open, FilesOf(show.Target), cancellationToken).ConfigureAwait(false); break;
            case ReviewAnswer.Edit: open.Selection = await reading.EditAsync(open, FilesOf(null), cancellationToken).ConfigureAwait(false); break;
            case ReviewAnswer.Overview: ReviewView.Write(_screen, open.State, open.Review, reading.Rows); break;
            case ReviewAnswer.Help: ReviewHelp.WriteQuestion(_screen, open.State); break;
            case ReviewAnswer.Unclear unclear: _screen.Hanging("", "", unclear.Words); break;
        }
    }

    private IEnumerable<ReviewFile> FilesOf(ReviewTarget? target) =>
        open.Review.AllFiles.Where(file => target is null || (file.Task == target.Task && (target.Path is null || file.Path == target.Path)));

    private async Task<Act?> WalkAsync(ReviewTarget? target, CancellationToken cancellationToken)
    {
        var walk = new ReviewWalk(answers, open, reading);
        if (!await walk.RunAsync([.. FilesOf(target)], cancellationToken).ConfigureAwait(false))
            return null;
        _screen.Blank();
        _screen.Line(Ink.Strong(ReviewView.Viewed(open.Review)));
        ReviewSelectionView.Write(_screen, open.State, open.Review, open.Selection);
        return new Act();
    }

    // What is decided is said once more when it is more than the words that were typed.
    private async Task<Act?> FinishAsync(ReviewSelection selection, bool isExact, CancellationToken cancellationToken)
    {
        var before = open.Selection;
        open.Selection = selection;
        var decision = await DecisionAsync(before, cancellationToken).ConfigureAwait(false);
        if (isExact || decision is null)
            return new Act(decision);
        ReviewSelectionView.Write(_screen, open.State, open.Review, selection);
        var question = decision switch
        {
            ReviewDecision.ChangesRequested => "Send the comments? Nothing is committed before the answer, which costs money. (yes / no)",
            ReviewDecision.Rejected => "Nothing is left. Commit nothing, and end the run? (yes / no)",
            _ => "Create commits of the rest, once its checks pass? (yes / no)",
        };
        if (await answers.AskAsync(question, cancellationToken).ConfigureAwait(false) is not { } sure)
            return null;
        if (sure.ToLowerInvariant() is "yes" or "y")
            return new Act(decision);
        open.Selection = before;
        return new Act();
    }

    private async Task<ReviewDecision?> DecisionAsync(ReviewSelection before, CancellationToken cancellationToken)
    {
        try
        {
            var decision = await open.DecisionAsync(cancellationToken).ConfigureAwait(false);
            if (ReviewRules.Refusal(open.State, decision, "user") is not { } refusal)
                return decision;
            _screen.Hanging("", "  ", Ink.Alert(refusal));
        }
        catch (PlanlaneException)
        {
            open.Selection = before;
            throw;
        }

        open.Selection = before;
        return null;
    }

    private async Task<Act?> AskForChangesAsync(CancellationToken cancellationToken)
    {
        var comments = open.Selection.Comments;
        var names = string.Join(", ", open.State.Tasks.Select(task => task.Agent));
        while (true)
        {
            var next = comments.Count == 0 ? "empty to go back" : "empty to send";
            if (await answers.AskOnceAsync($"Which agent, file or line? ({names}, or all; {next})", cancellationToken).ConfigureAwait(false) is not { } to)
                return null;
            if (to.Length == 0)
                return comments.Count == 0 ? new Act() : await FinishAsync(open.Selection with { Comments = comments }, isExact: open.IsUntouched, cancellationToken).ConfigureAwait(false);
            if (Problem(to) is { } problem)
            {
                _screen.Hanging("", "  ", Ink.Alert(problem.Message), problem.Hint is { } hint ? $" {hint}" : "");
                continue;
            }

            if (await answers.AskAsync($"What should {to} change?", cancellationToken).ConfigureAwait(false) is not { } words)
                return null;
            comments = comments.Add(ReviewNames.Comment(to, words, open.State, open.Review));
        }
    }

    // Before the words are typed.
    private PlanlaneException? Problem(string to)
    {
        try
        {
            ReviewNames.Comment(to, "words", open.State, open.Review);
            return null;
        }
        catch (PlanlaneException exception)
        {
            return exception;
        }
    }

    private sealed record Act(ReviewDecision? Decision = null);
}
