using Planlane.Git;
using Planlane.Requests;

namespace Planlane.Planning;

/// <summary>Proves plans against a repository: the rules with what the tree holds, and the text of the contracts.</summary>
/// <param name="repository">The repository.</param>
/// <param name="contracts">Checks the text of contracts.</param>
public sealed class PlanProver(GitRepository repository, ContractChecker contracts)
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
        return await WithContractsAsync(PlanProof.Of(plan, request, settings, facts), start, cancellationToken).ConfigureAwait(false);
    }

    // Contracts that lie nowhere, or twice at one place, cannot be laid over the base.
    private async Task<PlanProof> WithContractsAsync(PlanProof proof, RunBase start, CancellationToken cancellationToken)
    {
        var paths = proof.Plan.Contracts.Select(contract => contract.Path).ToList();
        if (paths.Count == 0 || paths.Any(path => path.Problem is not null) || paths.Distinct().Count() < paths.Count)
            return proof;
        var found = await contracts.CheckAsync(proof.Plan, start.Tree, cancellationToken).ConfigureAwait(false);
        return proof with { Problems = proof.Problems.AddRange(found.Problems), Contracts = found.Checks };
    }
}
