using Planlane.Git;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>The run that a request follows: what it learned, and whether HEAD has its commits.</summary>
/// <param name="repository">The repository.</param>
internal sealed class FollowedRun(GitRepository repository)
{
    /// <summary>What the run learned.</summary>
    /// <param name="events">Its journal.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanlaneException">Its commits are not in HEAD, so that nothing can be built on them; kind <see cref="FaultKind.Stale"/>.</exception>
    public async Task<EarlierRun> ReadAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var state = events.Aggregate(RunState.Empty, (before, recorded) => before.Apply(recorded));
        if (state.IsUndone)
            throw Stale(state, "was taken back, so its commits are not here.", "Ask for the whole of it in a new run, without --after.");
        if (state.Receipt is not { } receipt)
            throw Stale(state, "has landed nothing yet, so there is nothing to follow.", state.End is null ? $"Finish it first: planlane resume {state.Id}" : "Start a new run without --after.");
        var head = (await repository.GetStateAsync(cancellationToken).ConfigureAwait(false)).Head;
        if (receipt.Staged is { } staged && !await HoldsSomeAsync(receipt.OldHead, staged, head, cancellationToken).ConfigureAwait(false))
            throw Stale(state, "left its changes staged, and HEAD does not have them.", "Commit them first: git commit; then ask again.");
        if (head is null || !await ContainsAsync(head.Value.Value, receipt.NewHead, cancellationToken).ConfigureAwait(false))
            throw Stale(state, $"landed on {NameOf(receipt.Branch)}, and HEAD does not contain its commits.", await HintAsync(state, receipt.Branch, receipt.NewHead, cancellationToken).ConfigureAwait(false));
        return Lessons.Of(events);
    }

    // Who commits what was staged may have changed some of it, so that no commit can be looked for; but then files are otherwise than they were.
    private async Task<bool> HoldsSomeAsync(ObjectId before, ObjectId staged, ObjectId? head, CancellationToken cancellationToken)
    {
        if (head is null || !await repository.HasCommitAsync(staged, cancellationToken).ConfigureAwait(false))
            return head is not null && head != before;
        var changed = (await repository.DiffStatAsync(before, staged, cancellationToken).ConfigureAwait(false)).Select(change => change.Path).ToHashSet();
        return (await repository.DiffStatAsync(before, head.Value, cancellationToken).ConfigureAwait(false)).Any(change => changed.Contains(change.Path));
    }

    private async Task<string> HintAsync(RunState state, string? branch, ObjectId commit, CancellationToken cancellationToken)
    {
        if (!await repository.HasCommitAsync(commit, cancellationToken).ConfigureAwait(false))
            return "Its commits are no longer in the repository. Start a new run without --after.";
        return branch is not null && branch.StartsWith("refs/heads/", StringComparison.Ordinal) && await ContainsAsync(branch, commit, cancellationToken).ConfigureAwait(false)
            ? $"Go to its branch: git switch {branch["refs/heads/".Length..]}; or bring it here: git merge {commit}"
            : $"Bring its commits here: git merge {commit}; see them: planlane show {state.Id}";
    }

    private async Task<bool> ContainsAsync(string head, ObjectId commit, CancellationToken cancellationToken) =>
        (await repository.Cli.RunAsync(new GitCall("merge-base", "--is-ancestor", commit.Value, head) { Accepted = [0, 1, 128] }, cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    private static string NameOf(string? branch) => branch?.Replace("refs/heads/", "", StringComparison.Ordinal) ?? "a detached HEAD";

    private static PlanlaneException Stale(RunState state, string why, string hint) => new(FaultKind.Stale, $"Run {state.Id} {why}", hint);
}
