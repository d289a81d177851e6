using System.Text;
using Planlane.Git;
using Planlane.Requests;
using Planlane.Values;

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
        var graph = (await new CodeGraphBuilder(repository).BuildAsync(start.Tree, files, cancellationToken).ConfigureAwait(false)).Graph;
        var targets = await LinkTargetsAsync(files, cancellationToken).ConfigureAwait(false);
        var facts = new RepositoryFacts(files.Select(file => new RepositoryFile(file.Key, file.Value.Size ?? 0, file.Value.Mode == FileModes.SymbolicLink ? targets[file.Value.Id] : null)), start.Uncommitted, graph);
        return PlanProof.Of(plan, request, settings, facts);
    }

    private async Task<IReadOnlyDictionary<ObjectId, string>> LinkTargetsAsync(IReadOnlyDictionary<RepoPath, TreeEntry> files, CancellationToken cancellationToken)
    {
        var links = files.Values.Where(entry => entry.Mode == FileModes.SymbolicLink).Select(entry => entry.Id).Distinct().ToList();
        var targets = new Dictionary<ObjectId, string>();
        await foreach (var (id, bytes) in repository.ReadBlobsAsync(links, cancellationToken).ConfigureAwait(false))
            targets[id] = Encoding.UTF8.GetString(bytes);
        return targets;
    }
}
