using Planlane.Git;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>Makes of what a reviewer wants a decision that can be recorded: what is kept of each file that is left out in part is computed and stored now.</summary>
/// <param name="repository">The repository.</param>
public sealed class SelectionReader(GitRepository repository) : IAsyncDisposable
{
    private readonly GitObjects _objects = new(repository);
    private readonly HunkReader _hunks = new(repository);

    /// <summary>The decision.</summary>
    /// <param name="state">The run; waits for a review.</param>
    /// <param name="review">Its review.</param>
    /// <param name="selection">What the reviewer wants.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanlaneException">Usage: an agent, a file, a hunk or a line is named that the review does not hold.</exception>
    public async Task<ReviewDecision> ReadAsync(RunState state, Review review, ReviewSelection selection, CancellationToken cancellationToken)
    {
        selection = selection.Effective;
        var parts = new List<LeftOutPart>();
        foreach (var target in selection.LeftOut.Where(target => target.Path is not null))
            parts.Add(Known(state, target) ?? await PartAsync(state, FileOf(review, target.Task, target.Path!.Value), target.Hunks, cancellationToken).ConfigureAwait(false));
        var except = selection.LeftOut.Where(target => target.Path is null).Select(target => target.Task).Concat(LeftOutWhole(review, parts)).Distinct().ToValueList();
        var takenIn = state.LeftOut.Where(id => !except.Contains(id)).ToValueList();
        parts.RemoveAll(part => except.Contains(part.Task));
        parts.AddRange(TakenIn(state, review, parts));
        parts.RemoveAll(part => state.LeftOutParts.Contains(part));

        if (selection.Comments.Count > 0)
            return new ReviewDecision.ChangesRequested(await QuotedAsync(review, selection.Comments, cancellationToken).ConfigureAwait(false)) { Except = except, TakenIn = takenIn, Parts = parts.ToValueList() };
        return review.Agents.Where(agent => agent.Task is not null && agent.Standing is not ReviewStanding.NotPart).All(agent => except.Contains(agent.Task!.Value))
            ? new ReviewDecision.Rejected()
            : new ReviewDecision.Approved(except.Where(id => !state.LeftOut.Contains(id)).ToValueList()) { Parts = parts.ToValueList(), TakenIn = takenIn, Work = review.Work };
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _objects.DisposeAsync();

    // A task of which every file is left out is left out.
    private static IEnumerable<TaskId> LeftOutWhole(Review review, List<LeftOutPart> parts) => review.Agents
        .Where(agent => agent.Files.Count > 0 && agent.Files.All(file => parts.Any(part => part.Task == agent.Task && part.Path == file.Path && part.Kept is null)))
        .Select(agent => agent.Task!.Value);

    // What was cut before stays as it was cut: its hunks may be others by now when the file below it is another.
    private static LeftOutPart? Known(RunState state, ReviewTarget target) => ReviewedChanges.PartsOf(state, state.Task(target.Task))
        .FirstOrDefault(part => part.Path == target.Path && part.Hunks == target.Hunks && (part.Kept is null) == (target.Hunks.Count == 0));

    // What was left out before and is not named any more is wanted again.
    private static List<LeftOutPart> TakenIn(RunState state, Review review, List<LeftOutPart> parts) =>
    [
        .. from task in state.Tasks
           where review.Find(task.Id) is { Standing: not ReviewStanding.NotPart }
           from old in ReviewedChanges.PartsOf(state, task)
           where !parts.Exists(part => part.Task == old.Task && part.Path == old.Path)
           select Whole(FileOf(review, old.Task, old.Path)),
    ];

    private static LeftOutPart Whole(ReviewFile file) => new(file.Task!.Value, file.Path, file.After, Proposed(file), []);

    private static FileChange Proposed(ReviewFile file) => new(file.Path, file.After, file.ModeAfter);

    private static ReviewFile FileOf(Review review, TaskId task, RepoPath path) => review.Find(task)?.Files.FirstOrDefault(file => file.Path == path)
        ?? throw new PlanlaneException(
            FaultKind.Usage,
            $"{review.Find(task)?.Agent.Value ?? task.Value} changes no file '{path}'.",
            review.Find(task) is { } agent ? $"Its files are {string.Join(", ", agent.Files.Select(file => file.Path))}." : null);

    private async Task<LeftOutPart> PartAsync(RunState state, ReviewFile file, ValueList<string> named, CancellationToken cancellationToken)
    {
        var whole = new LeftOutPart(file.Task!.Value, file.Path, file.After, null, []);
        if (named.Count == 0)
            return whole;

        var fine = await _hunks.ReadFinelyAsync(file.Before, file.After, cancellationToken).ConfigureAwait(false);
        var shown = await _hunks.ReadAsync(file.Before, file.After, cancellationToken).ConfigureAwait(false);
        var chosen = named.Select(name => Find(file, shown, fine, name)).ToList();
        var leftOut = fine.Where(hunk => chosen.Exists(outer => outer.Holds(hunk))).ToHashSet();
        if (file.After is null || leftOut.Count == fine.Count)
            return whole;

        var before = file.Before is { } old ? await _objects.ReadBlobAsync(old, cancellationToken).ConfigureAwait(false) : [];
        var after = await _objects.ReadBlobAsync(file.After.Value, cancellationToken).ConfigureAwait(false);
        var blob = await _objects.WriteBlobAsync(HunkCutter.Without(before, after, fine, leftOut.Contains), cancellationToken).ConfigureAwait(false);
        await _objects.KeepAsync([(GitRepository.PrivateRef(state.Id, $"kept/{blob}"), blob)], cancellationToken).ConfigureAwait(false);
        return whole with { Kept = Proposed(file) with { Blob = blob }, Hunks = chosen.Select(hunk => hunk.Id).Distinct().ToValueList() };
    }

    private static ReviewHunk Find(ReviewFile file, ValueList<ReviewHunk> shown, ValueList<ReviewHunk> fine, string name) =>
        shown.FirstOrDefault(hunk => hunk.Id == name) ?? shown.FirstOrDefault(hunk => $"{hunk.Number}" == name) ?? fine.FirstOrDefault(hunk => hunk.Id == name)
        ?? throw new PlanlaneException(
            FaultKind.Usage,
            $"{file.Path} has no hunk '{name}'.",
            shown.Count == 0 ? "It has none: it can be left out only whole." : $"It has {string.Join(", ", shown.Select(hunk => $"{hunk.Number} ({hunk.Id})"))}.");

    private async Task<ValueList<ReviewComment>> QuotedAsync(Review review, ValueList<ReviewComment> comments, CancellationToken cancellationToken)
    {
        var quoted = new List<ReviewComment>();
        foreach (var comment in comments)
            quoted.Add(comment is { Task: { } task, Path: { } path } ? await QuotedAsync(FileOf(review, task, path), comment, cancellationToken).ConfigureAwait(false) : comment);
        return quoted.ToValueList();
    }

    private async Task<ReviewComment> QuotedAsync(ReviewFile file, ReviewComment comment, CancellationToken cancellationToken)
    {
        if (comment.Line is not { } number)
            return comment;
        var text = file is { After: { } blob, IsBinary: false } ? await _objects.ReadBlobAsync(blob, cancellationToken).ConfigureAwait(false) : [];
        return HunkCutter.LineOf(text, number) is { } line
            ? comment with { Quote = line.Trim() }
            : throw new PlanlaneException(FaultKind.Usage, $"{file.Path} has no line {number} as it is proposed.", file.After is null ? "It is deleted; say it of the file, without a line." : null);
    }
}
