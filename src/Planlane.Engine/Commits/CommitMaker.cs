using Planlane.Commits.Hooks;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Makes the commits of approved work, one on the other, on the tree of the commit that they land on: the user's uncommitted work is never among them. Nothing that a user sees moves.</summary>
/// <param name="repository">The repository.</param>
/// <param name="collector">Makes the trees.</param>
/// <param name="combiner">Checks what hooks changed.</param>
/// <param name="hooks">Runs the repository's hooks.</param>
internal sealed class CommitMaker(GitRepository repository, ReportCollector collector, WorkCombiner combiner, CommitHooks hooks)
{
    private readonly LargeFiles _largeFiles = new(repository);

    /// <summary>The trees of the commits as they were approved, before any hook.</summary>
    public async Task<ValueList<ObjectId>> TreesAsync(RunState state, CommitPlan plan, CancellationToken cancellationToken)
    {
        var trees = new List<ObjectId>();
        var tree = await repository.TreeOfAsync(state.Base.Commit, cancellationToken).ConfigureAwait(false);
        foreach (var commit in plan.Commits)
            trees.Add(tree = await collector.TreeOf(tree, await ChangesAsync(state, commit, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
        return trees.ToValueList();
    }

    /// <summary>Makes the commits, with the repository's hooks.</summary>
    /// <exception cref="PlanlaneException">A hook refused one, one could not be signed, or the checks fail on what hooks changed.</exception>
    public async Task<ValueList<LandedCommit>> MakeAsync(RunState state, CommitPlan plan, HookFolder folder, CancellationToken cancellationToken)
    {
        var isStaged = state.Settings.Landing.Form is LandingForm.Staged;
        var writer = await CommitWriter.OpenAsync(repository, state.ApprovedAt.ToLocalTime(), isStaged ? false : null, cancellationToken).ConfigureAwait(false);
        var texts = await new CommitMessages(repository).WithTrailersAsync([.. plan.Commits.Select(commit => (MessageOf(commit), Trailers(state, commit)))], cancellationToken).ConfigureAwait(false);
        var runsHooks = !isStaged && folder.HasBefore(state.Settings.Landing.SkipsHooks);
        var made = new List<LandedCommit>();
        var changed = ChangeSet.Empty;
        var (tree, parent) = (await repository.TreeOfAsync(state.Base.Commit, cancellationToken).ConfigureAwait(false), state.Base.Commit);
        foreach (var (commit, message) in plan.Commits.Zip(texts))
        {
            var changes = await _largeFiles.StoredAsync(await ChangesAsync(state, commit, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            tree = await collector.TreeOf(tree, changes, cancellationToken).ConfigureAwait(false);
            var hooked = new HookedCommit(ChangeSet.Empty, message);
            if (runsHooks)
                hooked = await hooks.RunAsync(state, folder, new CommitDraft(commit, made.Select(before => before.Id).ToValueList(), tree, message, writer.Author), cancellationToken).ConfigureAwait(false);
            EnsureOwnHooks(state, plan, folder, commit, hooked);
            tree = await collector.TreeOf(tree, [hooked.Changes], cancellationToken).ConfigureAwait(false);
            changed = changed.Then(hooked.Changes);
            parent = await writer.WriteAsync(tree, parent, hooked.Message, cancellationToken).ConfigureAwait(false);
            made.Add(new LandedCommit(parent, commit.Agent, hooked.Message.Split('\n')[0]) { ChangedByHooks = hooked.Changes.Files.Select(file => file.Path).ToValueList() });
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        await CheckAsync(state, tree, changed, cancellationToken).ConfigureAwait(false);
        return made.ToValueList();
    }

    // What lands was checked: where hooks changed something, that is looked at again. A file that a later commit wrote whole again is not theirs any more.
    private async Task CheckAsync(RunState state, ObjectId last, ChangeSet changed, CancellationToken cancellationToken)
    {
        if (changed.Files.Count == 0)
            return;
        var lasting = await repository.ListTreeAsync(last, cancellationToken).ConfigureAwait(false);
        var files = changed.Files.Where(file => lasting.GetValueOrDefault(file.Path)?.Id == file.Blob).ToValueList();
        var tree = await collector.TreeOf(state.ApprovedChanges!.Work.Tree, [new ChangeSet(files)], cancellationToken).ConfigureAwait(false);
        if ((await combiner.CheckAsync(state, tree, cancellationToken).ConfigureAwait(false)).FirstOrDefault(check => !check.Passed) is { } failed && state.ApprovedChanges.Work.Passed)
            throw new PlanlaneException(
                FaultKind.ChecksFailed,
                $"The repository's hooks changed {string.Join(", ", files.Select(file => file.Path).Take(5))}, and the check {failed.Name} fails on that; nothing was committed. It says:\n{failed.Output}",
                $"Look at the hook; or pass it by as git does: planlane resume {state.Id} --no-verify");
    }

    private async Task<IReadOnlyList<ChangeSet>> ChangesAsync(RunState state, PlannedCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Parts.Count > 0)
        {
            var all = new List<ChangeSet>();
            foreach (var part in commit.Parts)
                all.AddRange(await ChangesAsync(state, part, cancellationToken).ConfigureAwait(false));
            return all;
        }

        return [commit.Task is { } id ? ChangesOf(state, id) : await ContractsAsync(state, commit, cancellationToken).ConfigureAwait(false)];
    }

    // Hooks that the run itself changed could put in what nobody has seen.
    private static void EnsureOwnHooks(RunState state, CommitPlan plan, HookFolder folder, PlannedCommit commit, HookedCommit hooked)
    {
        if (hooked.Changes.Files.Count > 0 && plan.Commits.SelectMany(planned => planned.Files).Any(folder.Covers))
            throw new PlanlaneException(
                FaultKind.ChecksFailed,
                $"The run changed the repository's hooks, and in the commit of {commit.Agent} they changed {string.Join(", ", hooked.Changes.Files.Select(file => file.Path).Take(5))}; nothing was committed.",
                $"Look at the hooks in the review; to land without them: planlane resume {state.Id} --no-verify");
    }

    private static ChangeSet ChangesOf(RunState state, TaskId id) => ReviewedChanges.Of(state, state.Task(id));

    private async Task<ChangeSet> ContractsAsync(RunState state, PlannedCommit commit, CancellationToken cancellationToken)
    {
        var tree = await repository.ListTreeAsync(state.ApprovedChanges!.Work.Tree, cancellationToken).ConfigureAwait(false);
        return new ChangeSet(commit.Files.Select(path => new FileChange(path, tree[path].Id, tree[path].Mode)).ToValueList());
    }

    private static string MessageOf(PlannedCommit commit) => commit.Body is null ? commit.Subject : $"{commit.Subject}\n\n{commit.Body}";

    private static ValueList<(string Key, string Value)> Trailers(RunState state, PlannedCommit commit)
    {
        var each = commit.Parts.Count > 0 ? commit.Parts : [commit];
        return
        [
            .. each.Select(part => part.Model).Distinct().Select(model => ("Assisted-by", $"planlane:{model}")),
            ("Planlane-Run", state.Id.Value),
            .. each.Select(part => part.Agent).Distinct().Select(agent => ("Planlane-Agent", agent.Value)),
        ];
    }
}
