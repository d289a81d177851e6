using Planlane.Values;

namespace Planlane.Git;

/// <summary>Moves branch, index and work tree together to commits that a run made, or not at all, and back again.</summary>
/// <remarks>
/// The user's own uncommitted changes stay byte for byte, or the landing is refused. Only the reference-transaction hook of the repository runs. A landing that is killed is
/// finished or taken back by <see cref="RecoverAsync"/>, also from another process. Two landings on one work tree exclude each other.
/// </remarks>
/// <param name="repository">The repository.</param>
public sealed class Landing(GitRepository repository)
{
    private readonly LandingFiles _files = new(repository);

    /// <summary>Whether the user's reference-transaction hook runs; it must not when the commits change it, as the new one would run with the user's rights.</summary>
    public bool RunsHooks { get; init; } = true;

    /// <summary>Lands commits. When they are refused, they stay under the run's private ref.</summary>
    /// <param name="run">The run.</param>
    /// <param name="branchRef">The branch that the run started on; null for a detached HEAD, which alone moves then.</param>
    /// <param name="oldHead">The commit that the run started from.</param>
    /// <param name="newHead">The last of the commits.</param>
    /// <param name="cancellationToken">Stops as long as nothing has moved; is ignored from then on.</param>
    /// <exception cref="GitException">Git failed, and what had moved was put back.</exception>
    public Task<LandingOutcome> LandAsync(RunId run, string? branchRef, ObjectId oldHead, ObjectId newHead, CancellationToken cancellationToken) =>
        MoveAsync(run, branchRef, oldHead, newHead, undo: false, null, cancellationToken);

    /// <summary>Puts what a commit of no branch holds into index and work tree; the branch stays.</summary>
    /// <param name="run">The run.</param>
    /// <param name="branchRef">The branch that is checked out; null for a detached HEAD.</param>
    /// <param name="head">The commit that it names.</param>
    /// <param name="staged">A commit with what is to be staged.</param>
    /// <param name="cancellationToken">Stops as long as nothing has moved; is ignored from then on.</param>
    /// <exception cref="GitException">Git failed, and what had moved was put back.</exception>
    public Task<LandingOutcome> StageAsync(RunId run, string? branchRef, ObjectId head, ObjectId staged, CancellationToken cancellationToken) =>
        MoveAsync(run, branchRef, head, staged, undo: false, head, cancellationToken);

    /// <summary>Takes back what <see cref="StageAsync"/> did, as long as nobody changed the files since.</summary>
    /// <param name="run">The run.</param>
    /// <param name="branchRef">The branch that is checked out; null for a detached HEAD.</param>
    /// <param name="head">The commit that it names.</param>
    /// <param name="staged">The commit with what was staged.</param>
    /// <param name="cancellationToken">Stops as long as nothing has moved; is ignored from then on.</param>
    /// <exception cref="GitException">Git failed, and what had moved was put back.</exception>
    public Task<LandingOutcome> UnstageAsync(RunId run, string? branchRef, ObjectId head, ObjectId staged, CancellationToken cancellationToken) =>
        MoveAsync(run, branchRef, staged, head, undo: true, head, cancellationToken);

    /// <summary>Takes a landed run back, as long as nothing came after it on its branch. The user's own uncommitted changes are kept.</summary>
    /// <param name="run">The run.</param>
    /// <param name="branchRef">The branch that it landed on; null for a detached HEAD.</param>
    /// <param name="oldHead">The commit before the run's.</param>
    /// <param name="newHead">The last commit of the run.</param>
    /// <param name="cancellationToken">Stops as long as nothing has moved; is ignored from then on.</param>
    /// <returns>Landed, with the old head; or why not.</returns>
    /// <exception cref="GitException">Git failed, and what had moved was put back.</exception>
    public Task<LandingOutcome> UndoAsync(RunId run, string? branchRef, ObjectId oldHead, ObjectId newHead, CancellationToken cancellationToken) =>
        MoveAsync(run, branchRef, newHead, oldHead, undo: true, null, cancellationToken);

    /// <summary>Whether a commit's content was staged, or taken out again, and that was not recorded before the process died; what became of it since does not matter.</summary>
    /// <param name="run">The run.</param>
    /// <param name="staged">The commit with what was staged.</param>
    /// <param name="undo">Whether it was taken out again.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<bool> HasStagedAsync(RunId run, ObjectId staged, bool undo, CancellationToken cancellationToken)
    {
        var call = new GitCall("rev-parse", "-q", "--verify", LandingTransaction.StagedOf(run, undo)) { Accepted = [0, 1] };
        return await repository.Cli.TextAsync(call, cancellationToken).ConfigureAwait(false) == staged.Value;
    }

    /// <summary>Ends a landing that was killed: finished when the index had moved, else taken back.</summary>
    /// <returns>How it ended; null when there was none.</returns>
    public async Task<LandingOutcome?> RecoverAsync(CancellationToken cancellationToken)
    {
        if (_files.ReadRecord() is null)
            return null;
        using var owner = _files.TryOwn();
        return owner is null ? UnderWay() : await RecoverOwnedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<LandingOutcome> MoveAsync(RunId run, string? branchRef, ObjectId from, ObjectId to, bool undo, ObjectId? standing, CancellationToken cancellationToken)
    {
        using var owner = _files.TryOwn();
        if (owner is null)
            return UnderWay();
        if (await RecoverOwnedAsync(cancellationToken).ConfigureAwait(false) is LandingOutcome.Refused { Kind: RefusalKind.IndexLocked } locked)
            return locked;

        var record = await LandingRecord.OfAsync(repository, run, branchRef, from, to, undo, cancellationToken).ConfigureAwait(false) with { Standing = standing, RunsHooks = RunsHooks };
        await using var transaction = new LandingTransaction(repository, record);
        try
        {
            var refused = await transaction.RunAsync(LandingStep.Finished, cancellationToken).ConfigureAwait(false);
            return refused is null ? new LandingOutcome.Landed(to) : refused;
        }
        finally
        {
            if (!transaction.HasMoved)
                await transaction.TakeBackAsync().ConfigureAwait(false);
        }
    }

    private async Task<LandingOutcome?> RecoverOwnedAsync(CancellationToken cancellationToken) => _files.ReadRecord() is { } killed
        ? await new LandingRecovery(repository, killed).RecoverAsync(cancellationToken).ConfigureAwait(false)
        : null;

    private static LandingOutcome.Refused UnderWay() => new(RefusalKind.IndexLocked, "Another landing is under way in this work tree.", []);
}
