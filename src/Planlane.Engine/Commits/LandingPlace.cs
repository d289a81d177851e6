using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Where a run's commits go: the branch that is checked out, another one, or only the index.</summary>
/// <param name="repository">The repository.</param>
/// <param name="state">A run whose work is approved.</param>
internal sealed class LandingPlace(GitRepository repository, RunState state)
{
    private LandingPolicy Policy => state.Settings.Landing;

    private string? Target => LandingRules.TargetOf(Policy, state.Base.Branch);

    private bool MovesRefAlone => Policy.Branch is not null || state.Rebased is { MovesRefAlone: true };

    private bool IsNewBranch => Policy.Branch is not null;

    /// <summary>Refuses a branch on which the user's settings let nothing land.</summary>
    /// <exception cref="PlanlaneException">Usage: it is protected.</exception>
    public void EnsureAllowed()
    {
        if (LandingRules.ProtectionOf(Policy, Target) is { } pattern)
            throw new PlanlaneException(
                FaultKind.Usage,
                $"Nothing may land on {LandingRules.ShortName(Target!)}: it is protected by \"landing.protect\" ({pattern}).",
                $"Land on a new branch: planlane resume {state.Id} --branch NAME");
    }

    /// <summary>Refuses before hooks and signers are asked what the landing would refuse after them: a branch that has moved on.</summary>
    /// <exception cref="PlanlaneException">Stale: it has.</exception>
    public async Task EnsureUnmovedAsync(CancellationToken cancellationToken)
    {
        if (IsNewBranch || (!MovesRefAlone && (await repository.GetStateAsync(cancellationToken).ConfigureAwait(false)).BranchRef != state.Base.Branch))
            return;
        if (await TipAsync(cancellationToken).ConfigureAwait(false) is { } tip && tip != state.Base.Commit)
            throw Fault(new LandingOutcome.Refused(
                RefusalKind.HeadMoved,
                $"{(Target is { } branch ? LandingRules.ShortName(branch) : "HEAD")} has moved on from {state.Base.Commit.Value[..7]}, on which the work stands.",
                []));
    }

    /// <summary>The commit that the branch names now; null when it is not there.</summary>
    public async Task<ObjectId?> TipAsync(CancellationToken cancellationToken)
    {
        var answer = await repository.Cli.RunAsync(new GitCall("rev-parse", "-q", "--verify", $"{(MovesRefAlone ? Target : "HEAD")}^{{commit}}") { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false);
        return answer.ExitCode == 0 ? new ObjectId(answer.Text) : null;
    }

    /// <summary>Whether commits are in the branch already, or what they hold was staged, whatever became of it since.</summary>
    public async Task<bool> HasLandedAsync(ValueList<LandedCommit> made, CancellationToken cancellationToken)
    {
        var last = made[^1].Id;
        if (Policy.Form is LandingForm.Staged)
            return await new Landing(repository).HasStagedAsync(state.Id, last, undo: false, cancellationToken).ConfigureAwait(false);
        if (!await repository.HasCommitAsync(last, cancellationToken).ConfigureAwait(false) || await TipAsync(cancellationToken).ConfigureAwait(false) is not { } tip)
            return false;
        return (await repository.Cli.RunAsync(new GitCall("merge-base", "--is-ancestor", last.Value, tip.Value) { Accepted = [0, 1] }, cancellationToken).ConfigureAwait(false)).ExitCode == 0;
    }

    /// <summary>Moves everything, or nothing.</summary>
    /// <param name="made">The commits.</param>
    /// <param name="runsHooks">Whether the user's reference-transaction hook runs.</param>
    /// <param name="cancellationToken">Stops as long as nothing has moved.</param>
    /// <exception cref="PlanlaneException">It was refused.</exception>
    public async Task<CommitReceipt> MoveAsync(ValueList<LandedCommit> made, bool runsHooks, CancellationToken cancellationToken)
    {
        var (landing, last) = (new Landing(repository) { RunsHooks = runsHooks }, made[^1].Id);
        var outcome = await (this switch
        {
            { Policy.Form: LandingForm.Staged } => landing.StageAsync(state.Id, state.Base.Branch, state.Base.Commit, last, cancellationToken),
            { MovesRefAlone: true } => new BranchMove(repository).MoveAsync(new RefMove(state.Id, Target!, IsNewBranch ? null : state.Base.Commit, last, Undo: false), cancellationToken),
            _ => landing.LandAsync(state.Id, state.Base.Branch, state.Base.Commit, last, cancellationToken),
        }).ConfigureAwait(false);
        return outcome is LandingOutcome.Refused refused ? throw Fault(refused) : ReceiptOf(made);
    }

    /// <summary>What is recorded of the landing.</summary>
    public CommitReceipt ReceiptOf(ValueList<LandedCommit> made) => Policy.Form is LandingForm.Staged
        ? new CommitReceipt(state.Base.Commit, state.Base.Commit, state.Base.Branch, []) { Staged = made[^1].Id }
        : new CommitReceipt(state.Base.Commit, made[^1].Id, Target, made) { MovedRefAlone = MovesRefAlone, IsNewBranch = IsNewBranch };

    private PlanlaneException Fault(LandingOutcome.Refused refused)
    {
        var hint = refused.Kind switch
        {
            RefusalKind.HeadMoved => $"The work is kept. Put it on the commits that came since: planlane resume {state.Id} --rebase",
            RefusalKind.BranchSwitched when state.Base.Branch is { } branch =>
                $"The work is kept. Go back: `git switch {LandingRules.ShortName(branch)}`, then planlane resume {state.Id}; or land on a branch of its own: planlane resume {state.Id} --branch NAME",
            RefusalKind.BranchExists => $"The work is kept. Give the new branch another name: planlane resume {state.Id} --branch NAME",
            _ => $"The work is kept. Put the repository back as it was for the run, then: planlane resume {state.Id}",
        };
        return new PlanlaneException(refused.Kind is RefusalKind.HeadMoved or RefusalKind.BranchSwitched ? FaultKind.Stale : FaultKind.Failed, $"Nothing was committed: {refused.Reason}", hint);
    }
}
