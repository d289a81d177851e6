using Planlane.Git;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Commits;

/// <summary>Puts the work of a run on another commit: each task's changes are merged into what is there now, in the object database. Conflicts are shown, and then nothing changes.</summary>
/// <param name="repository">The repository.</param>
/// <param name="collector">Makes trees.</param>
public sealed class Rebaser(GitRepository repository, ReportCollector collector)
{
    private readonly TreeMerger _merger = new(repository);

    /// <summary>Puts the work on HEAD, or on what the user named.</summary>
    /// <exception cref="PlanlaneException">Stale: both sides changed the same, or HEAD is on another branch. Usage: what the user named is not there. Failed: uncommitted changes are in the run's files.</exception>
    public async Task RebaseAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        var (target, movesRefAlone) = await new RebaseTarget(repository, state).FindAsync(cancellationToken).ConfigureAwait(false);
        RefuseOwnWork(state, target);
        var conflicts = new MergeConflicts(repository, state.Base.Commit, target.Commit);
        var birth = await MergeAsync(conflicts, CommitPlan.PlannerName, state.Base.Tree, target.Tree, state.BirthTree!.Value, cancellationToken).ConfigureAwait(false);
        var (before, after, changes) = (state.BirthTree.Value, birth, new List<RebasedChanges>());
        var combinable = WorkOrder.Combinable(state);
        foreach (var task in combinable)
        {
            var whole = await collector.TreeOf(before, [ReviewedChanges.Of(state, task)], cancellationToken).ConfigureAwait(false);
            var merged = await MergeAsync(conflicts, task.Agent.Value, before, after, whole, cancellationToken).ConfigureAwait(false);
            changes.Add(new RebasedChanges(task.Id, await ChangesAsync(after, merged, cancellationToken).ConfigureAwait(false)));
            (before, after) = (whole, merged);
        }

        await conflicts.ThrowIfAnyAsync(state.Id, cancellationToken).ConfigureAwait(false);
        changes.AddRange(await OthersAsync(state, combinable, birth, cancellationToken).ConfigureAwait(false));
        await KeepAsync(state.Id, target.Commit, birth, after, cancellationToken).ConfigureAwait(false);
        await inbox.PostAsync(new LandingRebased(target, birth, changes.ToValueList(), await ChangedByBothAsync(state, target, before, after, cancellationToken).ConfigureAwait(false))
        {
            Onto = state.Settings.Landing.Onto,
            MovesRefAlone = movesRefAlone,
        }).ConfigureAwait(false);
    }

    // They would be committed with the run's, as a commit holds whole files.
    private static void RefuseOwnWork(RunState state, RunBase target)
    {
        var own = state.Tasks.SelectMany(task => ReviewedChanges.Of(state, task).Files).Select(file => file.Path).Intersect(target.Uncommitted).Order().ToList();
        if (own.Count > 0)
            throw new PlanlaneException(FaultKind.Failed, $"You have uncommitted changes in files of the run: {string.Join(", ", own.Take(5))}.", $"Commit or stash them, then: planlane resume {state.Id} --rebase");
    }

    private async Task<ObjectId> MergeAsync(MergeConflicts conflicts, string agent, ObjectId ancestor, ObjectId ours, ObjectId theirs, CancellationToken cancellationToken)
    {
        var merge = await _merger.MergeAsync(ancestor, ours, theirs, cancellationToken).ConfigureAwait(false);
        conflicts.Add(agent, merge);
        return merge.Tree;
    }

    // What is not part of the combination may be taken in again later, and must not bring back files as they were on the old base. Where that is in conflict, the agent has to do it anew.
    private async Task<IEnumerable<RebasedChanges>> OthersAsync(RunState state, ValueList<Agents.TaskState> combinable, ObjectId birth, CancellationToken cancellationToken)
    {
        var others = new List<RebasedChanges>();
        foreach (var task in state.Tasks.Where(task => ReviewedChanges.Of(state, task).Files.Count > 0 && !combinable.Any(other => other.Id == task.Id)))
        {
            var whole = await collector.TreeOf(state.BirthTree!.Value, [ReviewedChanges.Of(state, task)], cancellationToken).ConfigureAwait(false);
            var merge = await _merger.MergeAsync(state.BirthTree.Value, birth, whole, cancellationToken).ConfigureAwait(false);
            others.Add(new RebasedChanges(task.Id, merge.Conflicts.Count > 0 ? ChangeSet.Empty : await ChangesAsync(birth, merge.Tree, cancellationToken).ConfigureAwait(false)));
        }

        return others;
    }

    private async Task<ChangeSet> ChangesAsync(ObjectId before, ObjectId after, CancellationToken cancellationToken) => new(
        (await repository.DiffStatAsync(before, after, cancellationToken).ConfigureAwait(false))
        .Select(change => change.NewId is { } id ? new FileChange(change.Path, id, change.NewMode) : new FileChange(change.Path, null)).ToValueList());

    private async Task<ValueList<RepoPath>> ChangedByBothAsync(RunState state, RunBase target, ObjectId approved, ObjectId now, CancellationToken cancellationToken)
    {
        async Task<IEnumerable<RepoPath>> PathsAsync(ObjectId before, ObjectId after) =>
            (await repository.DiffStatAsync(before, after, cancellationToken).ConfigureAwait(false)).Select(change => change.Path);
        var byUser = await PathsAsync(state.Base.Tree, target.Tree).ConfigureAwait(false);
        var byRun = await PathsAsync(state.Base.Tree, approved).ConfigureAwait(false);
        return byUser.Intersect(byRun).Intersect(await PathsAsync(approved, now).ConfigureAwait(false)).Order().ToValueList();
    }

    private async Task KeepAsync(RunId run, ObjectId commit, ObjectId birth, ObjectId work, CancellationToken cancellationToken)
    {
        await repository.SetRefAsync(GitRepository.PrivateRef(run, "onto"), commit, cancellationToken).ConfigureAwait(false);
        await repository.SetRefAsync(GitRepository.PrivateRef(run, "onto-birth"), birth, cancellationToken).ConfigureAwait(false);
        await repository.SetRefAsync(GitRepository.PrivateRef(run, "onto-work"), work, cancellationToken).ConfigureAwait(false);
    }
}
