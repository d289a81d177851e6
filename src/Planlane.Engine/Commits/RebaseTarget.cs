using Planlane.Git;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Commits;

/// <summary>Finds the commit on which a run's work is put.</summary>
/// <param name="repository">The repository.</param>
/// <param name="state">The run.</param>
internal sealed class RebaseTarget(GitRepository repository, RunState state)
{
    private LandingPolicy Policy => state.Settings.Landing;

    /// <summary>The base that the work will stand on, and whether its branch is one that is not checked out.</summary>
    /// <exception cref="PlanlaneException">Stale: HEAD is on another branch. Usage: what the user named is not there, or no branch would keep the commits.</exception>
    public async Task<(RunBase Base, bool MovesRefAlone)> FindAsync(CancellationToken cancellationToken)
    {
        var head = (await repository.GetStateAsync(cancellationToken).ConfigureAwait(false)).BranchRef;
        if (Policy.Onto is not { } onto)
        {
            return Policy.Branch is not null || head == state.Base.Branch
                ? (await HeadAsync(cancellationToken).ConfigureAwait(false), false)
                : throw new PlanlaneException(
                    FaultKind.Stale,
                    $"The run started on {Named(state.Base.Branch)}, and HEAD is now on {Named(head)}.",
                    $"Go back to that branch; or say where the work is to go: planlane resume {state.Id} --onto BRANCH");
        }

        var (branch, commit) = await ResolveAsync(repository, onto, Policy, cancellationToken).ConfigureAwait(false);
        if (branch is not null && branch == head)
            return (await HeadAsync(cancellationToken).ConfigureAwait(false), false);
        var tree = await repository.TreeOfAsync(commit, cancellationToken).ConfigureAwait(false);
        return (state.Base with { Commit = commit, Tree = tree, Branch = branch ?? state.Base.Branch, Uncommitted = [] }, Policy.Branch is null);
    }

    /// <summary>The branch and the commit that the user names.</summary>
    /// <exception cref="PlanlaneException">Usage: there is no such commit, or no branch would keep the run's commits.</exception>
    public static async Task<(string? Branch, ObjectId Commit)> ResolveAsync(GitRepository repository, string onto, LandingPolicy policy, CancellationToken cancellationToken)
    {
        async Task<ObjectId?> CommitOf(string revision)
        {
            var answer = await repository.Cli.RunAsync(new GitCall("rev-parse", "-q", "--verify", "--end-of-options", $"{revision}^{{commit}}") { Accepted = [0, 1, 128] }, cancellationToken).ConfigureAwait(false);
            return answer.ExitCode == 0 ? new ObjectId(answer.Text.Split('\n')[^1]) : null;
        }

        if (await CommitOf($"refs/heads/{onto}").ConfigureAwait(false) is { } tip)
            return ($"refs/heads/{onto}", tip);
        if (await CommitOf(onto).ConfigureAwait(false) is not { } commit)
            throw new PlanlaneException(FaultKind.Usage, $"There is no commit or branch '{onto}'.", "Name one that `git rev-parse` knows with --onto.");
        return policy.Branch is null
            ? throw new PlanlaneException(FaultKind.Usage, $"'{onto}' is a commit and no branch, so no branch would keep the run's commits.", $"Name a new branch for them too: --onto {onto} --branch NAME")
            : (null, commit);
    }

    private async Task<RunBase> HeadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await repository.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        return state.Base with { Commit = snapshot.Commit, Tree = snapshot.Tree, Branch = snapshot.BranchRef, Uncommitted = snapshot.Uncommitted };
    }

    private static string Named(string? branch) => branch is null ? "a detached HEAD" : LandingRules.ShortName(branch);
}
