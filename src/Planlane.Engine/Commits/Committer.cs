using Planlane.Git;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Makes all commits on a side ref and then moves the branch once: all or none.</summary>
/// <param name="repository">The repository.</param>
/// <param name="collector">Makes the trees.</param>
public sealed class Committer(GitRepository repository, ReportCollector collector)
{
    /// <summary>Lands approved changes; commits that a process landed before it died are found again.</summary>
    /// <exception cref="PlanlaneException">The landing was refused: HEAD moved, or the user's own changes are in the way. Nothing has moved then.</exception>
    public async Task LandAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var landing = new Landing(repository);
        await landing.RecoverAsync(cancellationToken).ConfigureAwait(false);
        var plan = CommitPlan.Of(state, state.ApprovedChanges!);
        if (plan.Commits.Count == 0)
        {
            await inbox.PostAsync(new ChangesLanded(new CommitReceipt(state.Base.Commit, state.Base.Commit, state.Base.Branch, []))).ConfigureAwait(false);
            return;
        }

        var planned = await PlanTreesAsync(state, plan, cancellationToken).ConfigureAwait(false);
        var ids = await AlreadyLandedAsync(state, planned, cancellationToken).ConfigureAwait(false)
            ?? await LandAsync(state, landing, planned, cancellationToken).ConfigureAwait(false);
        var commits = plan.Commits.Select((commit, index) => new LandedCommit(ids[index], commit.Agent, commit.Subject)).ToValueList();
        await inbox.PostAsync(new ChangesLanded(new CommitReceipt(state.Base.Commit, ids[^1], state.Base.Branch, commits))).ConfigureAwait(false);
    }

    private async Task<ValueList<ObjectId>> LandAsync(RunState state, Landing landing, List<PlannedTreeCommit> planned, CancellationToken cancellationToken)
    {
        var ids = await new CommitBuilder(repository).CreateAsync(state.Base.Commit, planned, state.ApprovedAt.ToLocalTime(), cancellationToken).ConfigureAwait(false);
        return await landing.LandAsync(state.Id, state.Base.Branch, state.Base.Commit, ids[^1], cancellationToken).ConfigureAwait(false) is LandingOutcome.Refused refused
            ? throw Refused(state, refused)
            : ids;
    }

    // A process that died between moving the branch and recording it has left exactly these trees between base and HEAD.
    private async Task<ValueList<ObjectId>?> AlreadyLandedAsync(RunState state, List<PlannedTreeCommit> planned, CancellationToken cancellationToken)
    {
        if ((await repository.GetStateAsync(cancellationToken).ConfigureAwait(false)).Head is not { } head || head == state.Base.Commit)
            return null;

        var there = await repository.CommitsAsync(state.Base.Commit, head, cancellationToken).ConfigureAwait(false);
        return there.Select(commit => commit.Tree).SequenceEqual(planned.Select(commit => commit.Tree)) ? there.Select(commit => commit.Commit).ToValueList() : null;
    }

    // On HEAD's own tree, so that the user's uncommitted work is never committed with ours.
    private async Task<List<PlannedTreeCommit>> PlanTreesAsync(RunState state, CommitPlan plan, CancellationToken cancellationToken)
    {
        var combined = await repository.ListTreeAsync(state.ApprovedChanges!.Work.Tree, cancellationToken).ConfigureAwait(false);
        var tree = await repository.TreeOfAsync(state.Base.Commit, cancellationToken).ConfigureAwait(false);
        var commits = new List<PlannedTreeCommit>();
        foreach (var commit in plan.Commits)
        {
            var changes = commit.Task is { } id
                ? ReviewedChanges.Of(state, state.Task(id))
                : new ChangeSet(commit.Files.Select(path => new FileChange(path, combined[path].Id, combined[path].Mode)).ToValueList());
            tree = await collector.TreeOf(tree, [changes], cancellationToken).ConfigureAwait(false);
            commits.Add(new PlannedTreeCommit(tree, commit.Body is null ? commit.Subject : $"{commit.Subject}\n\n{commit.Body}", Trailers(state, commit)));
        }

        return commits;
    }

    private static ValueList<(string Key, string Value)> Trailers(RunState state, PlannedCommit commit) =>
        [("Assisted-by", $"planlane:{commit.Model}"), ("Planlane-Run", state.Id.Value), ("Planlane-Agent", commit.Agent.Value)];

    private static PlanlaneException Refused(RunState state, LandingOutcome.Refused refused) => new(
        refused.Kind is RefusalKind.HeadMoved or RefusalKind.BranchSwitched ? FaultKind.Stale : FaultKind.Failed,
        $"Nothing was committed: {refused.Reason}",
        $"The work is kept. Put the repository back as it was for the run, then: planlane resume {state.Id}");
}
