using System.Text;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Requests.Sources;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Proves plans against a repository: the rules with what the tree holds, and the text of the contracts.</summary>
/// <param name="repository">The repository.</param>
/// <param name="code">Reads its code.</param>
/// <param name="contracts">Checks the text of contracts.</param>
public sealed class PlanProver(GitRepository repository, CodeGraphBuilder code, ContractChecker contracts)
{
    /// <summary>What the rules say of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="request">What it must cover.</param>
    /// <param name="settings">The limits that it must keep.</param>
    /// <param name="start">The base that it is for.</param>
    /// <param name="isFirstTry">Whether the planner can still mend a plan whose only fault is a long chain of tasks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PlanProof> ProveAsync(Plan plan, RunRequest request, RunSettings settings, RunBase start, bool isFirstTry, CancellationToken cancellationToken)
    {
        var files = await repository.ListTreeAsync(start.Tree, cancellationToken).ConfigureAwait(false);
        var graph = (await code.BuildAsync(start.Tree, files, cancellationToken).ConfigureAwait(false)).Graph;
        var targets = await LinkTargetsAsync(files, cancellationToken).ConfigureAwait(false);
        var facts = new RepositoryFacts(
            files.Select(file => new RepositoryFile(file.Key, file.Value.Size ?? 0, file.Value.Mode == FileModes.SymbolicLink ? targets[file.Value.Id] : null)), start.Uncommitted, graph)
        {
            ContractSignatures = SignaturesOf(plan),
        };
        return await WithContractsAsync(PlanProof.Of(plan, request, settings, facts, isFirstTry), start, cancellationToken).ConfigureAwait(false);
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

    private static Dictionary<RepoPath, ValueList<Signature>> SignaturesOf(Plan plan) => plan.Contracts.DistinctBy(contract => contract.Path)
        .Select(contract => (contract, Language: SourceLanguages.All.FirstOrDefault(language => language.Reads(contract.Path))))
        .Where(found => found.Language is not null).ToDictionary(found => found.contract.Path, found => found.Language!.Read(found.contract.Content).Signatures);

    private async Task<IReadOnlyDictionary<ObjectId, string>> LinkTargetsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var links = files.Values.Where(entry => entry.Mode == FileModes.SymbolicLink).Select(entry => entry.Id).Distinct().ToList();
        var targets = new Dictionary<ObjectId, string>();
        await foreach (var (id, bytes) in repository.ReadBlobsAsync(links, cancellationToken).ConfigureAwait(false))
            targets[id] = Encoding.UTF8.GetString(bytes);
        return targets;
    }
}
