using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>A review that somebody is at: what is proposed, what was chosen so far, and the marks of what was viewed.</summary>
/// <param name="state">The run; waits for the review.</param>
/// <param name="review">What is proposed.</param>
/// <param name="door">Reads hunks and makes decisions.</param>
/// <param name="mark">Records which files were viewed.</param>
internal sealed class OpenReview(RunState state, Review review, ReviewDoor door, Func<ValueList<ViewedFile>, bool, Task> mark)
{
    private readonly Dictionary<ReviewFile, ValueList<ReviewHunk>> _hunks = [];

    public RunState State { get; } = state;

    /// <summary>What is proposed, with the marks as they are now.</summary>
    public Review Review { get; private set; } = review;

    /// <summary>What was chosen so far.</summary>
    public ReviewSelection Selection { get; set; } = ReviewSelection.Of(state);

    /// <summary>Whether nothing was chosen since the review began.</summary>
    public bool IsUntouched => Selection == ReviewSelection.Of(State);

    /// <summary>The file as the review holds it now.</summary>
    public ReviewFile Now(ReviewFile file) => Review.AllFiles.First(other => other.Task == file.Task && other.Path == file.Path);

    /// <summary>The name of the agent of a file.</summary>
    public string AgentOf(ReviewFile file) => file.Task is { } id ? State.Task(id).Agent.Value : Commits.CommitPlan.PlannerName;

    /// <summary>The hunks of a file.</summary>
    public async Task<ValueList<ReviewHunk>> HunksAsync(ReviewFile file, CancellationToken cancellationToken)
    {
        var key = file with { IsViewed = false };
        if (!_hunks.TryGetValue(key, out var hunks))
            _hunks[key] = hunks = await door.HunksAsync(file, cancellationToken).ConfigureAwait(false);
        return hunks;
    }

    /// <summary>The smallest parts of a hunk.</summary>
    public async Task<ValueList<ReviewHunk>> PartsAsync(ReviewFile file, ReviewHunk hunk, CancellationToken cancellationToken) =>
        (await door.FineHunksAsync(file, cancellationToken).ConfigureAwait(false)).Where(hunk.Holds).ToValueList();

    /// <summary>What changed in a file since the last look.</summary>
    public Task<ValueList<ReviewHunk>> SinceLastLookAsync(ReviewFile file, CancellationToken cancellationToken) => door.SinceLastLookAsync(file, cancellationToken);

    /// <summary>The decision that is chosen now.</summary>
    /// <exception cref="PlanlaneException">It names something that the review does not hold.</exception>
    public Task<ReviewDecision> DecisionAsync(CancellationToken cancellationToken) => door.DecisionAsync(State, Review, Selection, cancellationToken);

    /// <summary>Marks files as viewed, or takes the marks back.</summary>
    public async Task MarkAsync(IEnumerable<ReviewFile> files, bool isViewed)
    {
        var marked = files.Where(file => file.Task is not null && Now(file).IsViewed != isViewed).ToList();
        if (marked.Count == 0)
            return;
        Review = Review with
        {
            Agents = Review.Agents.Replace(_ => true, agent => agent with
            {
                Files = agent.Files.Replace(file => marked.Exists(other => other.Task == file.Task && other.Path == file.Path), file => file with { IsViewed = isViewed }),
            }),
        };
        await mark(marked.Select(file => new ViewedFile(file.Task!.Value, file.Path, file.After)).ToValueList(), isViewed).ConfigureAwait(false);
    }
}
