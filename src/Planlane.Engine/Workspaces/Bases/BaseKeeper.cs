using System.Collections.Concurrent;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

/// <summary>Keeps frozen copies of the user's files for runs to begin with: made once, updated by difference, shared between runs. Thread-safe; several processes may work at once.</summary>
/// <param name="repository">The repository.</param>
/// <param name="folders">Where they lie.</param>
/// <param name="sandbox">Runs setup commands.</param>
public sealed class BaseKeeper(GitRepository repository, RunFolders folders, ISandbox sandbox)
{
    private readonly ConcurrentDictionary<RunId, BaseFiles> _open = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly BaseStore _store = new(folders, repository.Time);

    /// <summary>How much of the user's ignored files is copied.</summary>
    public BaseLimits Limits { get; init; } = BaseLimits.Default;

    /// <summary>How long one setup command may take.</summary>
    public TimeSpan SetupLimit { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The files that the workspaces of a run begin with. The first call of a process makes or finds them and runs the setup commands that have not run.</summary>
    /// <remarks>A run keeps the base that it began with, in every process, as long as it is whole; one that is not is made again from the user's files as they are now.</remarks>
    /// <param name="state">The run.</param>
    /// <param name="cancellationToken">Stops the making; the next call begins it anew.</param>
    /// <exception cref="PlanlaneException">Failed: files cannot be copied. ChecksFailed: a setup command failed.</exception>
    public async Task<BaseFiles> OpenAsync(RunState state, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(state.Id, out var open))
            return open;

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_open.TryGetValue(state.Id, out open))
                return open;
            var manifest = Claimed(state) ?? await MakeAsync(state, cancellationToken).ConfigureAwait(false);
            var files = await new BaseSetup(repository, folders, sandbox, SetupLimit).PrepareAsync(state, manifest, cancellationToken).ConfigureAwait(false);
            _store.Sweep();
            return _open[state.Id] = files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Refuses a repository whose files cannot be frozen, before anything is paid for.</summary>
    /// <param name="start">The base that a run would begin with.</param>
    /// <param name="policy">Names the secrets that are given.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What workspaces would not see as it is in the user's folder.</returns>
    /// <exception cref="PlanlaneException">Usage: names that this file system cannot tell apart. Failed: something cannot be read or written, or the disk is too full.</exception>
    public async Task<ValueList<BaseRemark>> EnsureUsableAsync(RunBase start, WorkspacePolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            using var index = PrivateIndex.CopyOf(repository.IndexPath);
            var inventory = await new InventoryReader(repository, Limits).ReadAsync(start, policy.Include, index, cancellationToken).ConfigureAwait(false);
            await BaseFitness.EnsureAsync(repository, folders.Bases, inventory, cancellationToken).ConfigureAwait(false);
            return inventory.Remarks;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private BaseManifest? Claimed(RunState state) =>
        _store.ClaimOf(state.Id) is { } name && _store.Open(name) is { } manifest && manifest.Head.Tree == state.Base.Tree ? manifest : null;

    private async Task<BaseManifest> MakeAsync(RunState state, CancellationToken cancellationToken)
    {
        using var index = PrivateIndex.CopyOf(repository.IndexPath);
        var inventory = await new InventoryReader(repository, Limits).ReadAsync(state.Base, state.Settings.Workspace.Include, index, cancellationToken).ConfigureAwait(false);
        var name = inventory.Name();
        _store.SetClaim(state.Id, name);
        if (_store.Open(name) is { } found)
            return found;

        using var making = _store.Begin();
        await WriteAsync(inventory, index, making.Folder, cancellationToken).ConfigureAwait(false);
        making.TryMoveTo(_store.FolderOf(name));
        return _store.Open(name) ?? throw new IOException($"The base {name} was changed while it was made.");
    }

    private async Task WriteAsync(BaseInventory inventory, PrivateIndex index, string folder, CancellationToken cancellationToken)
    {
        var (files, previous) = (BaseManifest.FilesIn(folder), _store.Newest());
        var copy = new BaseCopy(repository, inventory, files, previous);
        var copying = copy.WriteAsync(index, cancellationToken);
        var packing = new ShadowRepository(repository).PackAsync(inventory.Start, files, previous, cancellationToken);
        await Task.WhenAll(copying, packing).ConfigureAwait(false);
        await ShadowRepository.WriteAsync(inventory, files, index, copy.HasStored, cancellationToken).ConfigureAwait(false);
        var head = new BaseFiles(inventory.Start.Tree, files) { Shared = inventory.Shared, Masked = inventory.Masked, Remarks = inventory.Remarks };
        new BaseManifest(head, inventory.Start.Commit, await packing.ConfigureAwait(false), await copying.ConfigureAwait(false)).Write(folder);
    }

    private PlanlaneException Unusable(Exception cause) => new(
        FaultKind.Failed, $"Your files cannot be copied to {folders.Bases}: {cause.Message}", "Make room or mend the rights, and resume the run.", cause);
}
