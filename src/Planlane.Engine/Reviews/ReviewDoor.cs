using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>What a surface needs to let a human review work: the review, its hunks, and decisions made of what the human wants. Asks no model and changes no run.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="repository">The repository.</param>
public sealed class ReviewDoor(GitRepository repository) : IAsyncDisposable
{
    private readonly ReviewReader _reader = new(repository);
    private readonly SelectionReader _selections = new(repository);
    private readonly HunkReader _hunks = new(repository);

    /// <summary>The review of a run whose work is combined.</summary>
    /// <exception cref="PlanlaneException">Usage: the run does not wait for a review.</exception>
    public Task<Review> ReadAsync(RunState state, CancellationToken cancellationToken) => _reader.ReadAsync(state, cancellationToken);

    /// <summary>The hunks of a file as it is proposed, against what it was before its task's change; none when it is binary or only its mode changes.</summary>
    public Task<ValueList<ReviewHunk>> HunksAsync(ReviewFile file, CancellationToken cancellationToken) => _hunks.ReadAsync(file.Before, file.After, cancellationToken);

    /// <summary>The same in the smallest parts.</summary>
    public Task<ValueList<ReviewHunk>> FineHunksAsync(ReviewFile file, CancellationToken cancellationToken) => _hunks.ReadFinelyAsync(file.Before, file.After, cancellationToken);

    /// <summary>What changed in a file since the reviewer's last look; none when nothing did.</summary>
    public Task<ValueList<ReviewHunk>> SinceLastLookAsync(ReviewFile file, CancellationToken cancellationToken) =>
        file.ChangedSinceLastLook ? _hunks.ReadAsync(file.LastLook, file.After, cancellationToken) : Task.FromResult(ValueList<ReviewHunk>.Empty);

    /// <summary>The decision that a selection means; what is kept of cut files is stored now, so that the decision can be recorded.</summary>
    /// <exception cref="PlanlaneException">Usage: a file, a hunk or a line is named that the review does not hold.</exception>
    public Task<ReviewDecision> DecisionAsync(RunState state, Review review, ReviewSelection selection, CancellationToken cancellationToken) => _selections.ReadAsync(state, review, selection, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _selections.DisposeAsync().ConfigureAwait(false);
    }
}
