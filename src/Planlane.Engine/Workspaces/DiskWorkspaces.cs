using System.Collections.Concurrent;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Values;
using Planlane.Workspaces.Bases;
using Planlane.Workspaces.Collecting;

namespace Planlane.Workspaces;

/// <summary>Workspaces on disk, made from one frozen base in the best way that the machine offers. Thread-safe: commands of one workspace take turns, those of different ones run at once.</summary>
/// <remarks>Nothing of them lies in the user's tree. What a killed process left is adopted when its run goes on: the folders hold nothing that the journal's trees do not, but build outputs.</remarks>
/// <param name="repository">The repository.</param>
/// <param name="sandbox">Holds the commands, and mounts.</param>
/// <param name="folders">Where workspaces lie.</param>
/// <param name="bases">Opens the base of a run; asked once for a run.</param>
public sealed class DiskWorkspaces(GitRepository repository, ISandbox sandbox, RunFolders folders, Func<RunState, CancellationToken, Task<BaseFiles>> bases) : IWorkspaces
{
    private readonly IgnoredPaths _ignored = new(repository);
    private readonly ConcurrentDictionary<(RunId Run, string Name), Seat> _seats = [];
    // A whole copy keeps all processors busy by itself.
    private readonly SemaphoreSlim _births = new(1, 1);
    private readonly Once<WorkspacePlace> _place = new();
    private readonly ConcurrentDictionary<RunId, Once<WorkspaceGround>> _grounds = [];

    /// <summary>How workspaces are made here; tried the first time.</summary>
    public async Task<WorkspaceFacts> DescribeAsync(CancellationToken cancellationToken) => (await PlaceAsync(cancellationToken).ConfigureAwait(false)).Facts;

    /// <inheritdoc />
    public async Task<ValueList<BaseRemark>> PrepareAsync(RunState run, CancellationToken cancellationToken) =>
        (await GroundAsync(run, await PlaceAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)).Base.Remarks;

    /// <inheritdoc />
    public async Task<WorkspaceOutcome> RunAsync(WorkspaceCommand command, CancellationToken cancellationToken)
    {
        var run = command.Run;
        var place = await PlaceAsync(cancellationToken).ConfigureAwait(false);
        var ground = await GroundAsync(run, place, cancellationToken).ConfigureAwait(false);
        var seat = _seats.GetOrAdd((run.Id, command.Workspace), _ => new Seat());
        await seat.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            seat.Workspace ??= await BornAsync(ground, new WorkspaceFolders(folders, place, run.Id, command.Workspace), place.Kind, command.Lane, cancellationToken).ConfigureAwait(false);
            return await seat.Workspace.RunAsync(command, repository, sandbox, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The workspace {command.Workspace} cannot be made: {exception.Message}", "Is there space on the disk? Run `planlane doctor`.", exception);
        }
        finally
        {
            seat.Turn.Release();
        }
    }

    private async Task<DiskWorkspace> BornAsync(WorkspaceGround ground, WorkspaceFolders own, WorkspaceKind kind, Ownership? lane, CancellationToken cancellationToken)
    {
        await _births.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return DiskWorkspace.Open(ground, kind, own, repository, _ignored, lane);
        }
        finally
        {
            _births.Release();
        }
    }

    private Task<WorkspacePlace> PlaceAsync(CancellationToken cancellationToken) => _place.GetAsync(() => new WorkspaceProbe(sandbox, folders).FindAsync(cancellationToken), cancellationToken);

    private Task<WorkspaceGround> GroundAsync(RunState run, WorkspacePlace place, CancellationToken cancellationToken) => _grounds.GetOrAdd(run.Id, _ => new Once<WorkspaceGround>()).GetAsync(
        async () => await WorkspaceGround.ReadAsync(repository, await bases(run, cancellationToken).ConfigureAwait(false), place.Kind, folders.TemporaryWorkspacesOf(run.Id), cancellationToken).ConfigureAwait(false),
        cancellationToken);

    private sealed class Seat
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public DiskWorkspace? Workspace { get; set; }
    }

    // A failure is not kept: the next command tries again.
    private sealed class Once<T>
        where T : class
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private T? _value;

        public async Task<T> GetAsync(Func<Task<T>> make, CancellationToken cancellationToken)
        {
            if (_value is { } made)
                return made;
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return _value ??= await make().ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
