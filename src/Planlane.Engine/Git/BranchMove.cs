namespace Planlane.Git;

/// <summary>Makes, moves or deletes a branch that is checked out nowhere; index and work tree stay as they are.</summary>
/// <param name="repository">The repository.</param>
internal sealed class BranchMove(GitRepository repository)
{
    /// <summary>Moves it, all or nothing: one ref transaction that compares the old value.</summary>
    /// <exception cref="GitException">Git failed, and nothing has moved.</exception>
    public async Task<LandingOutcome> MoveAsync(RefMove move, CancellationToken cancellationToken)
    {
        if ((await repository.CheckedOutInAsync(move.Ref, cancellationToken).ConfigureAwait(false)).Select(place => place.Folder).ToList() is { Count: > 0 } folders)
            return new LandingOutcome.Refused(RefusalKind.CheckedOutElsewhere, $"{move.Ref} is checked out in {string.Join(", ", folders)}, which would be left looking modified.", []);
        // Nothing else names the commits until the branch does.
        if (move is { Undo: false, To: { } commit })
            await repository.SetRefAsync(GitRepository.PrivateRef(move.Run, "landing"), commit, cancellationToken).ConfigureAwait(false);
        var (prepared, refused) = await RefTransaction.PrepareAsync(repository, move, runsHooks: true, cancellationToken).ConfigureAwait(false);
        if (prepared is null)
            return refused!;
        await using (prepared)
            refused = await prepared.CommitAsync(move).ConfigureAwait(false);
        if (refused is not null)
            return refused;
        if (!move.Undo)
            await repository.DeleteRefAsync(GitRepository.PrivateRef(move.Run, "landing"), CancellationToken.None).ConfigureAwait(false);
        return new LandingOutcome.Landed(move.To ?? move.From!.Value);
    }
}
