using System.Text.Json;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Runs a run's setup commands once and keeps what they wrote as a layer of the run's own. The frozen base stays as it is.</summary>
/// <param name="repository">The repository.</param>
/// <param name="folders">Where the layer lies.</param>
/// <param name="sandbox">Holds the commands. Where it cannot overlay, they run in a copy.</param>
/// <param name="limit">How long one command may take.</param>
internal sealed class BaseSetup(GitRepository repository, RunFolders folders, ISandbox sandbox, TimeSpan limit)
{
    private const int ShownCharacters = 2_000;

    /// <summary>The base as it is after the setup commands; the same when there are none.</summary>
    /// <param name="state">The run.</param>
    /// <param name="manifest">The frozen base.</param>
    /// <param name="cancellationToken">Kills the command; setup begins anew the next time.</param>
    /// <exception cref="PlanlaneException">ChecksFailed: a command failed.</exception>
    public async Task<BaseFiles> PrepareAsync(RunState state, BaseManifest manifest, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(folders.BaseOf(state.Id), "setup");
        var done = folder + ".done";
        if (state.Settings.Workspace.Setup.Count == 0)
            return manifest.Head;
        if (File.Exists(done) && JsonSerializer.Deserialize<BaseFiles>(await File.ReadAllTextAsync(done, cancellationToken).ConfigureAwait(false)) is { } kept && (kept.Folder == manifest.Head.Folder || kept.Layers.Count == 0))
            return kept;

        DiskFiles.TryRemove(folder);
        // Not beside the layer: that lies below the root, which shows other files to the commands.
        var temporary = Directory.CreateDirectory(Path.Combine(folders.TemporaryWorkspacesOf(state.Id), "setup")).FullName;
        SetupPlace place = sandbox.Facts.CanOverlay ? new SetupLayer(repository.Root, folder, manifest) : new SetupCopy(repository.Root, folder, manifest, sandbox.Facts.CanBind);
        var gits = WorkspaceFolders.GitsToHide(repository, place.IsAtRoot);
        foreach (var command in state.Settings.Workspace.Setup)
            Ensure(command, await sandbox.RunAsync(place.Boxed(command, temporary, state.Settings.Workspace, gits, limit), cancellationToken).ConfigureAwait(false));

        var files = place.Result();
        await File.WriteAllTextAsync(done + ".part", JsonSerializer.Serialize(files), cancellationToken).ConfigureAwait(false);
        File.Move(done + ".part", done, overwrite: true);
        return files;
    }

    private static void Ensure(string command, BoxResult result)
    {
        if (result is { End: CommandEnd.Exited, ExitCode: 0 })
            return;
        var output = result.Output.TrimEnd();
        var shown = output.Length > ShownCharacters ? "…" + output[^ShownCharacters..] : output;
        throw new PlanlaneException(
            FaultKind.ChecksFailed,
            $"The setup command `{command}` {(result.End == CommandEnd.Exited ? $"ended with code {result.ExitCode}" : $"did not end by itself ({result.End})")}:\n{shown}",
            "Mend workspace.setup in .planlane/config.json; a command that needs the network needs workspace.network, too.");
    }
}
