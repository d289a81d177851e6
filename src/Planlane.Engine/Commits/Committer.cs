using Planlane.Commits.Hooks;
using Planlane.Git;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Commits;

/// <summary>Lands approved work: all commits are made, hooks and signatures included, and then everything moves at once, or nothing does.</summary>
public sealed class Committer
{
    private readonly GitRepository _repository;
    private readonly CommitMaker _maker;
    private readonly CommitHooks _hooks;

    /// <summary>Puts it together.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="collector">Makes the trees.</param>
    /// <param name="combiner">Checks what hooks changed.</param>
    /// <param name="workspaces">Where hooks run.</param>
    /// <param name="limit">How long the hooks of one commit may take.</param>
    public Committer(GitRepository repository, ReportCollector collector, WorkCombiner combiner, IWorkspaces workspaces, TimeSpan limit)
    {
        _repository = repository;
        _hooks = new CommitHooks(repository, workspaces, limit);
        _maker = new CommitMaker(repository, collector, combiner, _hooks);
    }

    /// <summary>Lands approved changes; what a process landed before it died is found again.</summary>
    /// <exception cref="PlanlaneException">The landing was refused: HEAD moved, a hook said no, or the user's own changes are in the way. Nothing has moved then.</exception>
    public async Task LandAsync(RunInbox inbox, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        await new Landing(_repository).RecoverAsync(cancellationToken).ConfigureAwait(false);
        var plan = CommitPlan.Of(state, state.ApprovedChanges!);
        if (plan.Commits.Count == 0)
        {
            await inbox.PostAsync(new ChangesLanded(new CommitReceipt(state.Base.Commit, state.Base.Commit, state.Base.Branch, []))).ConfigureAwait(false);
            return;
        }

        var place = new LandingPlace(_repository, state);
        if (await LandedBeforeAsync(state, plan, place, cancellationToken).ConfigureAwait(false) is { } landed)
        {
            await inbox.PostAsync(new ChangesLanded(landed)).ConfigureAwait(false);
            return;
        }

        place.EnsureAllowed();
        await place.EnsureUnmovedAsync(cancellationToken).ConfigureAwait(false);
        var folder = await HookFolder.ReadAsync(_repository, cancellationToken).ConfigureAwait(false);
        var made = await MadeAsync(inbox, plan, folder, cancellationToken).ConfigureAwait(false);
        var receipt = await place.MoveAsync(made, runsHooks: !plan.Commits.SelectMany(commit => commit.Files).Any(folder.Covers), cancellationToken).ConfigureAwait(false);
        if (receipt is { MovedRefAlone: false, Staged: null } && await _hooks.RunAfterAsync(folder, plan.Commits.SelectMany(commit => commit.Files), cancellationToken).ConfigureAwait(false) is { } note)
            receipt = receipt with { Notes = [note] };
        await inbox.PostAsync(new ChangesLanded(receipt)).ConfigureAwait(false);
    }

    // Made once: a hook may ask somebody, and a signature somebody's finger. A private ref keeps them from being collected.
    private async Task<ValueList<LandedCommit>> MadeAsync(RunInbox inbox, CommitPlan plan, HookFolder folder, CancellationToken cancellationToken)
    {
        var state = inbox.State;
        if (state.MadeCommits.Count > 0 && await _repository.HasCommitAsync(state.MadeCommits[^1].Id, cancellationToken).ConfigureAwait(false))
            return state.MadeCommits;
        ValueList<LandedCommit> made;
        try
        {
            made = await _maker.MakeAsync(state, plan, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (CommitRefusedException refused)
        {
            // Whoever reviews the work again finds it as words for the agent.
            await inbox.PostAsync(new CommitRefused(refused.Refusal)).ConfigureAwait(false);
            throw;
        }

        await _repository.SetRefAsync(GitRepository.PrivateRef(state.Id, "landing"), made[^1].Id, cancellationToken).ConfigureAwait(false);
        await inbox.PostAsync(new CommitsMade(made)).ConfigureAwait(false);
        return made;
    }

    // A process may have died between moving the branch and recording it. Versions before commits were recorded have left exactly the planned trees.
    private async Task<CommitReceipt?> LandedBeforeAsync(RunState state, CommitPlan plan, LandingPlace place, CancellationToken cancellationToken)
    {
        if (state.MadeCommits.Count > 0)
            return await place.HasLandedAsync(state.MadeCommits, cancellationToken).ConfigureAwait(false) ? place.ReceiptOf(state.MadeCommits) : null;
        if (state.Settings.Landing.Form is LandingForm.Staged || await place.TipAsync(cancellationToken).ConfigureAwait(false) is not { } tip || tip == state.Base.Commit)
            return null;
        var there = await _repository.CommitsAsync(state.Base.Commit, tip, cancellationToken).ConfigureAwait(false);
        var trees = await _maker.TreesAsync(state, plan, cancellationToken).ConfigureAwait(false);
        return there.Select(commit => commit.Tree).SequenceEqual(trees)
            ? place.ReceiptOf(plan.Commits.Select((commit, index) => new LandedCommit(there[index].Commit, commit.Agent, commit.Subject)).ToValueList())
            : null;
    }
}
