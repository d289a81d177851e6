using Planlane.Cli.Output;
using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>Steps through the hunks of one file: keep, leave out, split.</summary>
/// <param name="answers">Asks.</param>
/// <param name="open">The review.</param>
/// <param name="file">The file.</param>
internal sealed class ReviewHunkWalk(Answers answers, OpenReview open, ReviewFile file)
{
    private readonly Screen _screen = answers.Screen;

    /// <summary>Goes through hunks until the last one or until the user leaves; false at the end of the input.</summary>
    public async Task<bool> RunAsync(ValueList<ReviewHunk> hunks, CancellationToken cancellationToken)
    {
        OpenFile(hunks);
        var left = hunks.ToList();
        for (var at = 0; at < left.Count;)
        {
            _screen.Blank();
            ReviewFileView.WriteHunk(_screen, left[at]);
            var standing = open.Selection.LeavesOut(TargetOf(left[at])) ? " (left out)" : "";
            if (await answers.AskOnceAsync($"Keep hunk {at + 1}/{left.Count} of {file.Path.Name}?{standing} [y,n,s,c,b,q,?]", cancellationToken).ConfigureAwait(false) is not { } answer)
                return false;
            switch (answer.ToLowerInvariant())
            {
                case "y" or "yes": open.Selection = open.Selection.With(TargetOf(left[at]), open.Review); at++; break;
                case "n" or "no": open.Selection = open.Selection.Without(TargetOf(left[at])); at++; break;
                case "" or "j": at++; break;
                case "b" or "k": at = Math.Max(0, at - 1); break;
                case "q": return true;
                case "s": await SplitAsync(left, at, cancellationToken).ConfigureAwait(false); break;
                default:
                    if (ReviewRemark.Of(answer) is not { } remark)
                        ReviewHelp.WriteHunk(_screen);
                    else if (!await remark.TakeAsync(answers, open, file, FirstChanged(left[at]), cancellationToken).ConfigureAwait(false))
                        return false;
                    break;
            }
        }

        return true;
    }

    // A file that is left out whole is left out hunk by hunk from here on.
    private void OpenFile(ValueList<ReviewHunk> hunks)
    {
        var whole = ReviewTarget.Of(file.Task!.Value, file.Path);
        if (open.Selection.LeavesOut(whole))
            open.Selection = hunks.Aggregate(open.Selection.With(whole, open.Review), (chosen, hunk) => chosen.Without(TargetOf(hunk)));
    }

    private async Task SplitAsync(List<ReviewHunk> left, int at, CancellationToken cancellationToken)
    {
        var hunk = left[at];
        var parts = await open.PartsAsync(file, hunk, cancellationToken).ConfigureAwait(false);
        if (parts.Count < 2)
        {
            _screen.Line("It cannot be split: its lines change together.");
            return;
        }

        if (open.Selection.LeavesOut(TargetOf(hunk)))
            open.Selection = parts.Aggregate(open.Selection.With(TargetOf(hunk), open.Review), (chosen, part) => chosen.Without(TargetOf(part)));
        left.RemoveAt(at);
        left.InsertRange(at, parts);
    }

    private ReviewTarget TargetOf(ReviewHunk hunk) => new(file.Task!.Value, file.Path, [hunk.Id]);

    // The first line of the proposal that is new; of a deletion the line before it.
    private static int? FirstChanged(ReviewHunk hunk)
    {
        var before = hunk.Lines.TakeWhile(line => line[0] != '+').Count(line => line[0] == ' ');
        var line = hunk.Lines.Any(item => item[0] == '+') ? hunk.NewStart + before : hunk.NewStart;
        return line < 1 ? null : line;
    }
}
