using Planlane.Git;
using Planlane.Hosting;
using Planlane.Sandbox;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Workspaces that are plain checkouts: they work everywhere, and cost a checkout each.</summary>
/// <param name="repository">The repository.</param>
/// <param name="sandbox">Holds the commands.</param>
/// <param name="folders">Where the checkouts lie.</param>
public sealed class CheckoutWorkspaces(GitRepository repository, ISandbox sandbox, RunFolders folders) : IWorkspaces
{
    /// <inheritdoc />
    public async Task<WorkspaceOutcome> RunAsync(WorkspaceCommand command, CancellationToken cancellationToken)
    {
        var folder = folders.WorkspaceOf(command.Run.Id, command.Workspace);
        await repository.CheckoutAsync(command.Tree, folder, cancellationToken).ConfigureAwait(false);
        DependencyFolders.Lend(repository.Root, folder);
        var result = await sandbox.RunAsync(new BoxedCommand(command.Text, folder, Path.GetTempPath(), command.Limit) { Variables = command.Run.Settings.Workspace.Environment.AddRange(command.Variables) }, cancellationToken).ConfigureAwait(false);
        return new WorkspaceOutcome(result.End, result.ExitCode, result.Seconds, result.Output, folder) { IsSandboxed = sandbox.Facts.IsSandboxed };
    }

    /// <inheritdoc />
    public void Remove(RunId id) => folders.RemoveWorkspaces(id);
}
