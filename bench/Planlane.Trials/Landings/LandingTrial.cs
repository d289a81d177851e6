using System.Diagnostics;
using Planlane.Git;
using Planlane.Values;

namespace Planlane.Trials.Landings;

/// <summary>The same commits, made and landed in several ways. Each way begins at the same commit and leaves the repository there again.</summary>
/// <param name="large">The repository.</param>
/// <param name="repository">The same, opened.</param>
/// <param name="objects">Its objects.</param>
/// <param name="changes">What each commit changes.</param>
internal sealed class LandingTrial(LargeRepository large, GitRepository repository, GitObjects objects, List<IReadOnlyList<TreeChange>> changes)
{
    private static readonly RunId Run = new("000001");

    private ObjectId? _last;

    /// <summary>Makes the commits as a landing does, without moving anything.</summary>
    public async Task<TimeSpan> MakeAsync(CancellationToken cancellationToken)
    {
        var head = await HeadAsync(cancellationToken).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        var (writer, tree, planned) = (new TreeWriter(objects), await repository.TreeOfAsync(head, cancellationToken).ConfigureAwait(false), new List<PlannedTreeCommit>());
        foreach (var (change, at) in changes.Select((change, at) => (change, at)))
        {
            tree = await writer.WriteTreeAsync(tree, change, cancellationToken).ConfigureAwait(false);
            planned.Add(new PlannedTreeCommit(tree, $"[Haiku-{at + 1}] Change some files\n\nWhat was done and why.", [("Assisted-by", "planlane:claude-haiku-4-5"), ("Planlane-Run", Run.Value), ("Planlane-Agent", $"Haiku-{at + 1}")]));
        }

        // Another time for each, so that nothing is there already.
        var made = await new CommitBuilder(repository).CreateAsync(head, planned, DateTimeOffset.UtcNow, cancellationToken).ConfigureAwait(false);
        _last = made[^1];
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Lands the commits that were made: branch, index and files.</summary>
    public async Task<TimeSpan> LandAsync(CancellationToken cancellationToken)
    {
        var head = await HeadAsync(cancellationToken).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        var outcome = await new Landing(repository).LandAsync(Run, "refs/heads/main", head, _last!.Value, cancellationToken).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start);
        if (outcome is not LandingOutcome.Landed)
            throw new InvalidOperationException($"Nothing landed: {outcome}");
        await BackAsync(head, cancellationToken).ConfigureAwait(false);
        return took;
    }

    /// <summary>Moves branch, index and files to the same commits by git's own fast-forward.</summary>
    public async Task<TimeSpan> FastForwardAsync(CancellationToken cancellationToken)
    {
        var head = await HeadAsync(cancellationToken).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        await large.GitAsync(cancellationToken, "merge", "-q", "--ff-only", _last!.Value.Value).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start);
        await BackAsync(head, cancellationToken).ConfigureAwait(false);
        return took;
    }

    /// <summary>Cherry-picks commits with the same changes one after another into the user's work tree.</summary>
    public async Task<TimeSpan> CherryPickAsync(CancellationToken cancellationToken)
    {
        var head = await HeadAsync(cancellationToken).ConfigureAwait(false);
        var (writer, tree, commits) = (new TreeWriter(objects), await repository.TreeOfAsync(head, cancellationToken).ConfigureAwait(false), new List<ObjectId>());
        foreach (var change in changes)
        {
            var own = await writer.WriteTreeAsync(tree, change, cancellationToken).ConfigureAwait(false);
            commits.AddRange(await new CommitBuilder(repository).CreateAsync(head, [new PlannedTreeCommit(own, "Change some files", [])], cancellationToken).ConfigureAwait(false));
        }

        var start = Stopwatch.GetTimestamp();
        foreach (var commit in commits)
            await large.GitAsync(cancellationToken, "cherry-pick", commit.Value).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start);
        await BackAsync(head, cancellationToken).ConfigureAwait(false);
        return took;
    }

    private async Task<ObjectId> HeadAsync(CancellationToken cancellationToken) => new(await large.GitAsync(cancellationToken, "rev-parse", "HEAD").ConfigureAwait(false));

    private Task<string> BackAsync(ObjectId head, CancellationToken cancellationToken) => large.GitAsync(cancellationToken, "reset", "-q", "--hard", head.Value);
}
