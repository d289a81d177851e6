using Planlane.Commits.Hooks;
using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Takes a landed run back, and lands it again. Everything moves at once, or nothing does; the user's own uncommitted changes are kept.</summary>
/// <param name="repository">The repository.</param>
/// <param name="run">The run.</param>
/// <param name="receipt">What it landed.</param>
internal sealed class LandedRun(GitRepository repository, RunId run, CommitReceipt receipt)
{
    /// <summary>What a run landed that is to be taken back, or to land again.</summary>
    /// <exception cref="PlanlaneException">It has landed nothing, or stands as it is wanted already.</exception>
    public static CommitReceipt ReceiptOf(RunState state, bool redo) => state switch
    {
        { Receipt: not { Commits.Count: > 0 } and not { Staged: not null } } => throw new PlanlaneException(FaultKind.Usage, $"Run {state.Id} has landed nothing.", "List the runs: planlane runs"),
        { IsUndone: true } when !redo => throw new PlanlaneException(FaultKind.Usage, $"Run {state.Id} was already taken back.", $"Land it again: planlane undo {state.Id} --redo"),
        { IsUndone: false } when redo => throw new PlanlaneException(FaultKind.Usage, $"Run {state.Id} has landed and was not taken back.", $"Take it back: planlane undo {state.Id}"),
        { Receipt: var receipt } => receipt,
    };

    /// <summary>How it would be taken back.</summary>
    /// <exception cref="PlanlaneException">It cannot be.</exception>
    public async Task<UndoPlan> PlanUndoAsync(CancellationToken cancellationToken)
    {
        if (receipt.Staged is not null)
            return new UndoPlan(UndoWay.Unstage, receipt.Branch, []);
        var branch = await BranchHereAsync(cancellationToken).ConfigureAwait(false);
        var (tip, isHere) = await WhereAsync(branch, cancellationToken).ConfigureAwait(false);
        // Who gave commits on a detached HEAD a branch would still have them there.
        if (branch is null && await OtherNameAsync(cancellationToken).ConfigureAwait(false) is { } holder)
            throw new PlanlaneException(FaultKind.Stale, $"The run landed on {Named}, and {holder}, which is not checked out, holds its commits now.", $"Check it out first: `git switch {holder}`, then planlane undo {run}");
        if (tip is null && await OtherNameAsync(cancellationToken).ConfigureAwait(false) is { } other)
            throw new PlanlaneException(FaultKind.Stale, $"{Named} is gone, and its commits are in {other}.", $"Revert them there by hand: `git revert {receipt.OldHead.Value[..7]}..{receipt.NewHead.Value[..7]}`");
        // What was taken back before, by hand or by a process that was killed before it could record it, needs no more than to be recorded.
        if (receipt.MovedRefAlone && !isHere && (tip == receipt.NewHead || tip == Before))
            return Plan(UndoWay.MoveBranch) with { Head = Before };
        if (tip is null)
            throw new PlanlaneException(FaultKind.Stale, $"{Named} is gone, so there is nothing to take back.");
        if (isHere && tip == receipt.OldHead)
            return Plan(UndoWay.Reset) with { Branch = branch, Head = receipt.OldHead };
        if (!isHere)
            throw new PlanlaneException(FaultKind.Stale, $"The run landed on {Named}, which is not checked out.", $"Check it out first: `git switch {SwitchedTo(receipt.NewHead)}`, then planlane undo {run}");
        if (!await IsAncestorAsync(receipt.NewHead, tip.Value, cancellationToken).ConfigureAwait(false))
            throw new PlanlaneException(FaultKind.Stale, $"The commits of the run are not in {(branch is null ? Named : LandingRules.ShortName(branch))} any more.", "`git log` shows what is there.");
        if (tip != receipt.NewHead)
            return Plan(UndoWay.Revert) with { Branch = branch, Reason = "other commits came after them" };
        return await IsPublishedAsync(cancellationToken).ConfigureAwait(false)
            ? Plan(UndoWay.Revert) with { Branch = branch, Reason = "they are on a remote already" }
            : Plan(UndoWay.Reset) with { Branch = branch, Head = receipt.OldHead };
    }

    /// <summary>How it would land again.</summary>
    /// <exception cref="PlanlaneException">It cannot.</exception>
    public async Task<UndoPlan> PlanRedoAsync(CancellationToken cancellationToken)
    {
        if (!await repository.HasCommitAsync(receipt.Staged ?? receipt.NewHead, cancellationToken).ConfigureAwait(false))
            throw new PlanlaneException(FaultKind.Stale, "The commits of the run are not in the repository any more: git has collected them.");
        var (tip, isHere) = await WhereAsync(receipt.Branch, cancellationToken).ConfigureAwait(false);
        if (receipt.MovedRefAlone && !isHere && (tip == Before || tip == receipt.NewHead))
            return Plan(UndoWay.MoveBranch) with { Head = receipt.NewHead };
        if (!isHere || tip is null)
            throw new PlanlaneException(FaultKind.Stale, $"The run landed on {Named}, which is not checked out as it was.", $"Check it out first: `git switch {SwitchedTo(receipt.OldHead)}`, then planlane undo {run} --redo");
        return tip == receipt.OldHead || tip == receipt.NewHead || receipt.Staged is not null
            ? Plan(UndoWay.Forward) with { Head = receipt.NewHead }
            : Plan(UndoWay.Reapply) with { Reason = "other commits came since" };
    }

    /// <summary>Takes it back.</summary>
    /// <returns>The commits that revert it, oldest first; empty when its own were removed.</returns>
    /// <exception cref="PlanlaneException">It was refused, or a revert is in conflict with what came after; nothing has moved then.</exception>
    public async Task<ValueList<ObjectId>> UndoAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Way is UndoWay.Revert)
        {
            var tip = (await WhereAsync(plan.Branch, cancellationToken).ConfigureAwait(false)).Tip!.Value;
            var reverts = await ReplayAsync(tip, isRevert: true, cancellationToken).ConfigureAwait(false);
            if (reverts.Count > 0)
                Ensure(await (await LandingAsync(cancellationToken).ConfigureAwait(false)).LandAsync(run, plan.Branch, tip, reverts[^1].Id, cancellationToken).ConfigureAwait(false), "taken back");
            return reverts.Select(commit => commit.Id).ToValueList();
        }

        if (plan.Way is UndoWay.Unstage && await new Landing(repository).HasStagedAsync(run, receipt.Staged!.Value, undo: true, cancellationToken).ConfigureAwait(false))
            return [];
        if (plan.Way is UndoWay.Reset or UndoWay.MoveBranch && (await WhereAsync(plan.Branch, cancellationToken).ConfigureAwait(false)).Tip == plan.Head)
            return [];
        var landing = await LandingAsync(cancellationToken).ConfigureAwait(false);
        Ensure(
            await (plan.Way switch
            {
                UndoWay.Unstage => landing.UnstageAsync(run, receipt.Branch, receipt.OldHead, receipt.Staged!.Value, cancellationToken),
                UndoWay.MoveBranch => new BranchMove(repository).MoveAsync(new RefMove(run, receipt.Branch!, receipt.NewHead, plan.Head, Undo: true), cancellationToken),
                _ => landing.UndoAsync(run, plan.Branch, receipt.OldHead, receipt.NewHead, cancellationToken),
            }).ConfigureAwait(false),
            "taken back");
        return [];
    }

    /// <summary>Lands it again.</summary>
    /// <returns>What landed now.</returns>
    /// <exception cref="PlanlaneException">It was refused, or is in conflict with what came since; nothing has moved then.</exception>
    public async Task<CommitReceipt> RedoAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Way is UndoWay.Reapply)
        {
            var tip = (await WhereAsync(receipt.Branch, cancellationToken).ConfigureAwait(false)).Tip!.Value;
            var again = await ReplayAsync(tip, isRevert: false, cancellationToken).ConfigureAwait(false);
            if (again.Count == 0)
                throw new PlanlaneException(FaultKind.Stale, "What the run did is there already; nothing was landed.");
            Ensure(await (await LandingAsync(cancellationToken).ConfigureAwait(false)).LandAsync(run, receipt.Branch, tip, again[^1].Id, cancellationToken).ConfigureAwait(false), "landed");
            return receipt with { OldHead = tip, NewHead = again[^1].Id, Commits = again, MovedRefAlone = false, IsNewBranch = false };
        }

        if (receipt.Staged is { } before && await new Landing(repository).HasStagedAsync(run, before, undo: false, cancellationToken).ConfigureAwait(false))
            return receipt;
        if (plan.Way is UndoWay.Forward or UndoWay.MoveBranch && receipt.Staged is null && (await WhereAsync(receipt.Branch, cancellationToken).ConfigureAwait(false)).Tip == receipt.NewHead)
            return receipt;
        var landing = await LandingAsync(cancellationToken).ConfigureAwait(false);
        Ensure(
            await (receipt switch
            {
                { Staged: { } staged } => landing.StageAsync(run, receipt.Branch, receipt.OldHead, staged, cancellationToken),
                _ when plan.Way is UndoWay.MoveBranch =>
                    new BranchMove(repository).MoveAsync(new RefMove(run, receipt.Branch!, receipt.IsNewBranch ? null : receipt.OldHead, receipt.NewHead, Undo: false), cancellationToken),
                _ => landing.LandAsync(run, receipt.Branch, receipt.OldHead, receipt.NewHead, cancellationToken),
            }).ConfigureAwait(false),
            "landed");
        return receipt;
    }

    private string Named => receipt.Branch is { } branch ? LandingRules.ShortName(branch) : "a detached HEAD";

    private string SwitchedTo(ObjectId commit) => receipt.Branch is null ? $"--detach {commit.Value[..7]}" : Named;

    // What a branch that is not checked out named before the run landed on it.
    private ObjectId? Before => receipt.IsNewBranch ? null : receipt.OldHead;

    private UndoPlan Plan(UndoWay way) => new(way, receipt.Branch, receipt.Commits);

    // A hook that the run wrote is on disk, or comes back: it must not run with the user's rights.
    private async Task<Landing> LandingAsync(CancellationToken cancellationToken)
    {
        var folder = await HookFolder.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var changes = await repository.DiffStatAsync(receipt.OldHead, receipt.Staged ?? receipt.NewHead, cancellationToken).ConfigureAwait(false);
        return new Landing(repository) { RunsHooks = !changes.Any(change => folder.Covers(change.Path)) };
    }

    // Where the branch stands, and whether it is the one that is checked out.
    private async Task<(ObjectId? Tip, bool IsHere)> WhereAsync(string? branch, CancellationToken cancellationToken)
    {
        var state = await repository.GetStateAsync(cancellationToken).ConfigureAwait(false);
        if (state.BranchRef == branch)
            return (state.Head, true);
        if (branch is null)
            return (receipt.NewHead, false);
        var answer = await repository.Cli.RunAsync(new GitCall("rev-parse", "-q", "--verify", $"{branch}^{{commit}}") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        return (answer.ExitCode == 0 ? new ObjectId(answer.Text) : null, false);
    }

    // The run's branch; for a detached HEAD the one that is checked out, if it holds the run's commits, as the user gave it to them.
    private async Task<string?> BranchHereAsync(CancellationToken cancellationToken)
    {
        if (receipt.Branch is not null)
            return receipt.Branch;
        var state = await repository.GetStateAsync(cancellationToken).ConfigureAwait(false);
        return state is { BranchRef: { } branch, Head: { } head } && await IsAncestorAsync(receipt.NewHead, head, cancellationToken).ConfigureAwait(false) ? branch : null;
    }

    private async Task<string?> OtherNameAsync(CancellationToken cancellationToken)
    {
        if (!await repository.HasCommitAsync(receipt.NewHead, cancellationToken).ConfigureAwait(false))
            return null;
        var names = await repository.Cli.TextAsync(new GitCall("for-each-ref", "--count=1", "--format=%(refname:short)", "--contains", receipt.NewHead.Value, "refs/heads"), cancellationToken).ConfigureAwait(false);
        return names.Length > 0 ? names : null;
    }

    private async Task<bool> IsAncestorAsync(ObjectId commit, ObjectId tip, CancellationToken cancellationToken) =>
        commit == tip || (await repository.Cli.RunAsync(new GitCall("merge-base", "--is-ancestor", commit.Value, tip.Value) { Accepted = [0, 1, 128] }, cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    private async Task<bool> IsPublishedAsync(CancellationToken cancellationToken) =>
        (await repository.Cli.TextAsync(new GitCall("for-each-ref", "--count=1", "--contains", receipt.Commits[0].Id.Value, "refs/remotes"), cancellationToken).ConfigureAwait(false)).Length > 0;

    // The run's commits, or their opposites in the opposite order, on another commit. One that changes nothing there is left out.
    private async Task<ValueList<LandedCommit>> ReplayAsync(ObjectId onto, bool isRevert, CancellationToken cancellationToken)
    {
        var (merger, conflicts) = (new TreeMerger(repository), new List<RepoPath>());
        var writer = await CommitWriter.OpenAsync(repository, repository.Time.GetLocalNow(), null, cancellationToken).ConfigureAwait(false);
        var (parent, tree, made) = (onto, await repository.TreeOfAsync(onto, cancellationToken).ConfigureAwait(false), new List<LandedCommit>());
        foreach (var (commit, at) in isRevert ? receipt.Commits.Select((commit, at) => (commit, at)).Reverse() : receipt.Commits.Select((commit, at) => (commit, at)))
        {
            var with = await repository.TreeOfAsync(commit.Id, cancellationToken).ConfigureAwait(false);
            var without = await repository.TreeOfAsync(at == 0 ? receipt.OldHead : receipt.Commits[at - 1].Id, cancellationToken).ConfigureAwait(false);
            var merge = isRevert
                ? await merger.MergeAsync(with, tree, without, cancellationToken).ConfigureAwait(false)
                : await merger.MergeAsync(without, tree, with, cancellationToken).ConfigureAwait(false);
            conflicts.AddRange(merge.Conflicts);
            if (merge.Tree == tree)
                continue;
            var message = isRevert
                ? $"Revert \"{commit.Subject}\"\n\nThis reverts commit {commit.Id}.\n"
                : await repository.Cli.TextAsync(new GitCall("show", "-s", "--format=%B", commit.Id.Value), cancellationToken).ConfigureAwait(false) + "\n";
            if (conflicts.Count == 0)
            {
                parent = await writer.WriteAsync(merge.Tree, parent, message, cancellationToken).ConfigureAwait(false);
                made.Add(commit with { Id = parent, Subject = message.Split('\n')[0] });
            }

            tree = merge.Tree;
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return conflicts.Count == 0 ? made.ToValueList() : throw new PlanlaneException(
            FaultKind.Stale,
            $"Nothing was {(isRevert ? "taken back" : "landed")}: commits since changed the same lines of {string.Join(", ", conflicts.Distinct().Order().Take(8))}.",
            isRevert ? $"Revert them by hand: `git revert {receipt.OldHead.Value[..7]}..{receipt.NewHead.Value[..7]}`" : $"Bring them by hand: `git cherry-pick {receipt.OldHead.Value[..7]}..{receipt.NewHead.Value[..7]}`");
    }

    private static void Ensure(LandingOutcome outcome, string what)
    {
        if (outcome is LandingOutcome.Refused refused)
            throw new PlanlaneException(
                refused.Kind is RefusalKind.HeadMoved or RefusalKind.BranchSwitched ? FaultKind.Stale : FaultKind.Failed,
                $"Nothing was {what}: {refused.Reason}");
    }
}
