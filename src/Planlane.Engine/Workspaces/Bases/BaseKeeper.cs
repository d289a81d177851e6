using Planlane.Git;
using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>Keeps the frozen bases of runs: plain checkouts.</summary>
/// <param name="repository">The repository.</param>
/// <param name="folders">Where they lie.</param>
public sealed class BaseKeeper(GitRepository repository, RunFolders folders)
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes or adopts the base of a run. Thread-safe.</summary>
    public async Task<BaseFiles> OpenAsync(RunState state, CancellationToken cancellationToken)
    {
        var tree = state.Base.Tree;
        var folder = Path.Combine(Path.GetDirectoryName(folders.Workspaces)!, "bases", tree.Value);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!Directory.Exists(folder))
            {
                await repository.CheckoutAsync(tree, folder + ".new", cancellationToken).ConfigureAwait(false);
                Directory.Move(folder + ".new", folder);
            }
        }
        finally
        {
            _turn.Release();
        }

        var shared = DependencyFolders.Names.Where(name => Directory.Exists(Path.Combine(repository.Root, name)) && !Path.Exists(Path.Combine(folder, name)))
            .Select(name => new SharedFolder(new RepoPath(name), Path.Combine(repository.Root, name)));
        return new BaseFiles(tree, folder) { Shared = shared.ToValueList() };
    }
}
