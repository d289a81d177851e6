using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>Steps through the files of a review, the riskiest first: keep, leave out, comment, mark as viewed.</summary>
/// <param name="answers">Asks.</param>
/// <param name="open">The review.</param>
/// <param name="reading">Shows texts and lets them be edited.</param>
internal sealed class ReviewWalk(Answers answers, OpenReview open, ReviewReading reading)
{
    // Rows for the head of a file and the question.
    private const int RowsAround = 6;

    private readonly Screen _screen = answers.Screen;

    /// <summary>Goes through files until the user leaves; false at the end of the input.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<ReviewFile> files, CancellationToken cancellationToken)
    {
        var at = 0;
        while (at >= 0 && at < files.Count)
        {
            await ShowAsync(open.Now(files[at]), $"{at + 1}/{files.Count}", cancellationToken).ConfigureAwait(false);
            switch (await AskAsync(files[at], cancellationToken).ConfigureAwait(false))
            {
                case Step.Next: at++; break;
                case Step.Back: at = Math.Max(0, at - 1); break;
                case Step.Leave: return true;
                case Step.Ended: return false;
            }
        }

        return true;
    }

    private async Task ShowAsync(ReviewFile file, string place, CancellationToken cancellationToken)
    {
        ReviewFileView.WriteHead(_screen, file, new AgentId(open.AgentOf(file)), place);
        if (file.IsBinary)
            _screen.Line("  ", Ink.Faint("Binary: it can be kept or left out whole."));
        var hunks = file.ChangedSinceLastLook ? await open.SinceLastLookAsync(file, cancellationToken).ConfigureAwait(false) : await open.HunksAsync(file, cancellationToken).ConfigureAwait(false);
        if (file.ChangedSinceLastLook)
            _screen.Line("  ", Ink.Alert("Since your last look"), " (d shows the whole change):");
        ReviewFileView.WriteHunks(_screen, hunks, Math.Max(8, reading.Rows - RowsAround));
    }

    private async Task<Step> AskAsync(ReviewFile file, CancellationToken cancellationToken)
    {
        while (true)
        {
            var question = file.Task is null ? $"{file.Path} is a contract [j,b,d,p,q,?]" : $"Keep {file.Path}?{StandingOf(file)} [y,n,h,c,v,b,q,?]";
            if (await answers.AskOnceAsync(question, cancellationToken).ConfigureAwait(false) is not { } answer)
                return Step.Ended;
            try
            {
                if (await ActAsync(open.Now(file), answer, cancellationToken).ConfigureAwait(false) is { } step)
                    return step;
            }
            catch (PlanlaneException exception) when (exception.Kind is FaultKind.Usage)
            {
                _screen.Hanging("", "  ", Ink.Alert(exception.Message), exception.Hint is { } hint ? $" {hint}" : "");
            }
        }
    }

    // Null to ask again.
    private async Task<Step?> ActAsync(ReviewFile file, string answer, CancellationToken cancellationToken)
    {
        switch (answer.ToLowerInvariant())
        {
            case "" or "j" or "next": return Step.Next;
            case "b" or "back" or "k": return Step.Back;
            case "q" or "quit": return Step.Leave;
            case "?" or "help": ReviewHelp.WriteFile(_screen); return null;
            case "d" or "diff": ReviewFileView.WriteHunks(_screen, await open.HunksAsync(file, cancellationToken).ConfigureAwait(false), int.MaxValue); return null;
            case "p" or "pager": await reading.ShowAsync(open, [file], cancellationToken).ConfigureAwait(false); return null;
        }

        if (file.Task is { } task)
            return await DecideAsync(file, ReviewTarget.Of(task, file.Path), answer, cancellationToken).ConfigureAwait(false);
        _screen.Line("Contracts were approved with the plan; they can only be looked at.");
        return null;
    }

    private async Task<Step?> DecideAsync(ReviewFile file, ReviewTarget target, string answer, CancellationToken cancellationToken)
    {
        switch (answer.ToLowerInvariant())
        {
            case "y" or "yes" or "keep":
                open.Selection = open.Selection.With(target, open.Review);
                return await ViewedAsync(file, true).ConfigureAwait(false);
            case "n" or "no":
                open.Selection = open.Selection.Without(target);
                return await ViewedAsync(file, true).ConfigureAwait(false);
            case "v" or "viewed": return await ViewedAsync(file, !file.IsViewed).ConfigureAwait(false);
            case "h" or "hunks": return await HunksAsync(file, cancellationToken).ConfigureAwait(false);
            case "l" or "last": return await SinceAsync(file, cancellationToken).ConfigureAwait(false);
            case "e" or "edit": open.Selection = await reading.EditAsync(open, [file], cancellationToken).ConfigureAwait(false); return null;
        }

        if (ReviewRemark.Of(answer) is { } remark)
            return await remark.TakeAsync(answers, open, file, null, cancellationToken).ConfigureAwait(false) ? null : Step.Ended;
        ReviewHelp.WriteFile(_screen);
        return null;
    }

    private async Task<Step?> ViewedAsync(ReviewFile file, bool isViewed)
    {
        await open.MarkAsync([file], isViewed).ConfigureAwait(false);
        return isViewed ? Step.Next : null;
    }

    private async Task<Step?> HunksAsync(ReviewFile file, CancellationToken cancellationToken)
    {
        var hunks = await open.HunksAsync(file, cancellationToken).ConfigureAwait(false);
        if (hunks.Count == 0)
        {
            _screen.Line("It has no hunks: it can be kept or left out whole.");
            return null;
        }

        if (!await new ReviewHunkWalk(answers, open, file).RunAsync(hunks, cancellationToken).ConfigureAwait(false))
            return Step.Ended;
        await open.MarkAsync([file], true).ConfigureAwait(false);
        return Step.Next;
    }

    private async Task<Step?> SinceAsync(ReviewFile file, CancellationToken cancellationToken)
    {
        var hunks = await open.SinceLastLookAsync(file, cancellationToken).ConfigureAwait(false);
        if (hunks.Count == 0)
            _screen.Line("Nothing changed since your last look.");
        ReviewFileView.WriteHunks(_screen, hunks, int.MaxValue);
        return null;
    }

    private string StandingOf(ReviewFile file)
    {
        var target = ReviewTarget.Of(file.Task!.Value, file.Path);
        if (open.Selection.LeavesOut(target))
            return " (left out)";
        return open.Selection.LeftOut.FirstOrDefault(other => other.Task == file.Task && other.Path == file.Path) is { } part ? $" ({Figures.Counted(part.Hunks.Count, "hunk")} left out)" : "";
    }

    private enum Step
    {
        Next,
        Back,
        Leave,
        Ended,
    }
}
