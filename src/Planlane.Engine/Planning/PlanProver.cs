using Planlane.Git;
using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>Proves plans against a repository: the rules with what the tree holds, and the text of the contracts.</summary>
/// <param name="repository">The repository.</param>
public sealed class PlanProver(GitRepository repository)
{
    /// <summary>What the rules say of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="request">What it must cover.</param>
    /// <param name="settings">The limits that it must keep.</param>
    /// <param name="start">The base that it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PlanProof> ProveAsync(Plan plan, RunRequest request, RunSettings settings, RunBase start, CancellationToken cancellationToken)
    {
        var files = await repository.ListTreeAsync(start.Tree, cancellationToken).ConfigureAwait(false);
        var facts = new RepositoryFacts(files.Select(file => new RepositoryFile(file.Key, file.Value.Size ?? 0)), start.Uncommitted);
        return PlanProof.Of(plan, request, settings, facts);
    }
}
