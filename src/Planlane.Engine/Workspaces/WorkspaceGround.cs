using Planlane.Git;
using Planlane.Values;
using Planlane.Workspaces.Bases;
using Planlane.Workspaces.Collecting;
using Planlane.Workspaces.Layers;

namespace Planlane.Workspaces;

/// <summary>What all workspaces of a run stand on: the frozen base and what is known of it. Immutable.</summary>
/// <param name="Base">The base.</param>
/// <param name="View">Its tracked files.</param>
/// <param name="Shared">The paths of its shared folders.</param>
/// <param name="Source">Makes whole copies of it; null where overlays are mounted.</param>
internal sealed record WorkspaceGround(BaseFiles Base, TreeView View, IReadOnlySet<RepoPath> Shared, CopySource? Source)
{
    /// <summary>Reads a base.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="files">The base.</param>
    /// <param name="kind">How workspaces are made from it.</param>
    /// <param name="own">A folder of the run's own beside its workspaces.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<WorkspaceGround> ReadAsync(GitRepository repository, BaseFiles files, WorkspaceKind kind, string own, CancellationToken cancellationToken)
    {
        var view = await TreeView.ReadAsync(repository, files.Tree, cancellationToken).ConfigureAwait(false);
        var shared = files.Shared.Select(folder => folder.Path).ToHashSet();
        var source = kind is WorkspaceKind.Overlay ? null : await CopySource.OpenAsync(repository, files.Folder, view, shared, kind is WorkspaceKind.HardLinks, own, cancellationToken).ConfigureAwait(false);
        return new WorkspaceGround(files, view, shared, source);
    }
}
