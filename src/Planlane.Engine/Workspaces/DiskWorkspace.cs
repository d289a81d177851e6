using Planlane.Git;
using Planlane.Sandbox;
using Planlane.Values;
using Planlane.Workspaces.Bases;
using Planlane.Workspaces.Collecting;
using Planlane.Workspaces.Disk;
using Planlane.Workspaces.Layers;

namespace Planlane.Workspaces;

/// <summary>One workspace on disk: its folders, its layer, and how it is shown to a command. One command at a time.</summary>
internal sealed class DiskWorkspace
{
    private readonly WorkspaceGround _ground;
    private readonly WorkspaceKind _kind;
    private readonly WorkspaceFolders _folders;
    private readonly Collector _collector;

    // The tree that the last command checked; null when it was an agent's, or there was none.
    private ObjectId? _checked;

    private DiskWorkspace(WorkspaceGround ground, WorkspaceKind kind, WorkspaceFolders folders, Collector collector) => (_ground, _kind, _folders, _collector) = (ground, kind, folders, collector);

    /// <summary>Makes a workspace, or adopts the one that an earlier process left.</summary>
    public static DiskWorkspace Open(WorkspaceGround ground, WorkspaceKind kind, WorkspaceFolders folders, GitRepository repository, IgnoredPaths ignored, Ownership? lane)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folders.Staged)!);
        Layer layer;
        if (ground.Source is { } source)
        {
            var folder = new FolderLayer(folders.Files, ground.Shared, source);
            if (!folder.Make(path => lane?.Includes(path) is true, folders.Staged + ".mark"))
                lane = null;
            layer = folder;
        }
        else
        {
            folders.ForgetHalfWritten();
            Directory.CreateDirectory(folders.Files);
            Directory.CreateDirectory(folders.Work);
            layer = new OverlayLayer(folders.Files, ground.Shared);
        }

        return new DiskWorkspace(ground, kind, folders, new Collector(layer, new StoredFiles(repository), new StagedFiles(repository, folders.Staged), ignored, lane));
    }

    /// <summary>Runs a command and settles what it wrote.</summary>
    public async Task<WorkspaceOutcome> RunAsync(WorkspaceCommand command, GitRepository repository, ISandbox sandbox, CancellationToken cancellationToken)
    {
        var wanted = await _ground.View.ToAsync(repository, _ground.Base.Tree, command.Tree, cancellationToken).ConfigureAwait(false);
        var keepsOutputs = !command.IsCheck || _checked == command.Tree;
        if (!keepsOutputs)
            _folders.ForgetChecks();
        await _collector.BringAsync(wanted, command.Lane, keepsOutputs, cancellationToken).ConfigureAwait(false);
        _checked = command.IsCheck ? command.Tree : null;
        Directory.CreateDirectory(_folders.Temp(command.IsCheck));
        ExchangeFiles.Give(_folders.Temp(command.IsCheck), command.Given);
        var boxed = Boxed(command, repository, sandbox.Facts);
        var result = await BoxedAsync(boxed, wanted, sandbox, cancellationToken).ConfigureAwait(false);
        var settled = await _collector.SettleAsync(wanted, command.Lane, cancellationToken).ConfigureAwait(false);
        return new WorkspaceOutcome(result.End, result.ExitCode, result.Seconds, result.Output, boxed.Folder)
        {
            Written = settled.Written,
            Undone = settled.Undone,
            Results = settled.Results,
            Left = settled.Left,
            Taken = ExchangeFiles.Take(_folders.Temp(command.IsCheck), command.Asked),
            IsSandboxed = sandbox.Facts.IsSandboxed,
            HeldBy = sandbox.Facts.Name,
        };
    }

    private async Task<BoxResult> BoxedAsync(BoxedCommand boxed, TreeView wanted, ISandbox sandbox, CancellationToken cancellationToken)
    {
        var isOver = false;
        try
        {
            var result = await sandbox.RunAsync(boxed, cancellationToken).ConfigureAwait(false);
            isOver = true;
            return result;
        }
        finally
        {
            // Other workspaces must not wait for the next command of this one.
            if (!isOver)
                await _collector.MendAsync(wanted, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private BoxedCommand Boxed(WorkspaceCommand command, GitRepository repository, SandboxFacts facts)
    {
        var policy = command.Run.Settings.Workspace;
        var isMoved = _kind is WorkspaceKind.Overlay || facts.CanBind;
        var root = isMoved ? repository.Root : _folders.Files;
        return new BoxedCommand(command.Text, root, _folders.Temp(command.IsCheck), command.Limit)
        {
            Mounts = isMoved ? Mounted(root, command.IsCheck) : LinkShared(),
            Hidden = [.. WorkspaceFolders.GitsToHide(repository, isMoved), .. _ground.Base.Masked.Select(path => Path.Combine(root, path.Value))],
            Readable = isMoved ? [] : [.. _ground.Base.Shared.Select(shared => shared.Source)],
            Variables = WorkspaceVariables.Of(command, facts.CanBind ? "/tmp" : _folders.Temp(command.IsCheck), facts.CanBind),
            Network = policy.Network,
            Hosts = policy.Hosts,
        };
    }

    private ValueList<BoxMount> Mounted(string root, bool isCheck)
    {
        BoxMount main = _kind is WorkspaceKind.Overlay
            ? new BoxMount.Overlay(root, [.. _ground.Base.Layers, _ground.Base.Folder], _folders.Files, _folders.Work)
            : new BoxMount.Bind(root, _folders.Files, IsWritable: true);
        return [main, .. _ground.Base.Shared.Select(shared => Shared(root, shared, isCheck))];
    }

    // A check sees dependencies as the user has them, and not what the agent's own commands made of them: it could be fooled by them.
    private BoxMount Shared(string root, SharedFolder shared, bool isCheck)
    {
        var target = Path.Combine(root, shared.Path.Value);
        if (!Directory.Exists(Path.Combine(_ground.Base.Folder, shared.Path.Value)))
            Directory.CreateDirectory(Path.Combine(_folders.Files, shared.Path.Value));
        if (_kind is not WorkspaceKind.Overlay)
            return new BoxMount.Bind(target, shared.Source, IsWritable: false);
        var (upper, work) = _folders.Over(shared.Path, isCheck);
        return new BoxMount.Overlay(target, [.. shared.Layers, shared.Source], upper, work);
    }

    // Without mounts the user's own folders are lent: a command that installs packages changes them unless the sandbox forbids it.
    private ValueList<BoxMount> LinkShared()
    {
        foreach (var shared in _ground.Base.Shared)
        {
            var link = Path.Combine(_folders.Files, shared.Path.Value);
            if (DiskFiles.KindOf(link) is EntryKind.Link)
                continue;
            DiskFiles.Remove(link);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            Directory.CreateSymbolicLink(link, shared.Source);
        }

        return [];
    }
}
