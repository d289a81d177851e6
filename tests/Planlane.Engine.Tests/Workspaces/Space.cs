using Planlane.Git;
using Planlane.Hosting;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces.Bases;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Workspaces;

/// <summary>A real repository and workspaces on it; commands really run.</summary>
internal sealed class Space : IAsyncDisposable
{
    private readonly List<SharedFolder> _shared = [];

    private Space(TempRepository files, GitRepository git, WorkspaceKind kind)
    {
        (Files, Git, Kind) = (files, git, kind);
        Objects = new GitObjects(git);
        Folders = new RunFolders(git.CommonDir);
        BaseFolder = Path.Combine(git.CommonDir, "planlane", "test-base");
        Workspaces = Reopened();
    }

    public TempRepository Files { get; }

    public GitRepository Git { get; }

    public GitObjects Objects { get; }

    public WorkspaceKind Kind { get; }

    public RunFolders Folders { get; }

    public DiskWorkspaces Workspaces { get; private set; }

    public RunState State { get; private set; } = null!;

    public ObjectId Tree => State.Base.Tree;

    /// <summary>Where the layer of a workspace lies.</summary>
    public string Layer(string name = "Haiku-1") => Kind is WorkspaceKind.Overlay ? Path.Combine(Folders.WorkspacesOf(State.Id), name, "upper") : Path.Combine(Folders.TemporaryWorkspacesOf(State.Id), name, "tree");

    /// <summary>Whether the base is one of the product's, with its small repository, and not a plain checkout.</summary>
    public bool IsFrozen { get; init; }

    public string BaseFolder { get; private set; }

    public static async Task<Space> OpenAsync(WorkspaceKind kind, (string Path, string Text)[] files, string format = "sha1", bool isFrozen = false, (string Path, string Text)[]? ignored = null)
    {
        Assert.SkipWhen(kind is WorkspaceKind.Overlay && !new BestSandbox().Facts.CanOverlay, "No sandbox here can mount.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Second names are told from copies on Linux alone.");
        var repository = TempRepository.With(files);
        if (format != "sha1")
            Reformat(repository, format);
        var git = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, CancellationToken.None);
        foreach (var (path, text) in ignored ?? [])
            repository.Write(path, text);
        var space = new Space(repository, git, kind) { IsFrozen = isFrozen };
        var snapshot = await git.SnapshotAsync(CancellationToken.None);
        space.State = RunState.Empty.Apply(new RecordedEvent(1, DateTimeOffset.UnixEpoch, new RunStarted(new("abc123"), RequestText.Parse("Work"), new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, []), RunHarness.Settings)));
        return space;
    }

    /// <summary>What another process would work with.</summary>
    public DiskWorkspaces Reopened() => Workspaces = new DiskWorkspaces(Git, Kind is WorkspaceKind.Overlay ? new BestSandbox() : new OpenSandbox(TimeProvider.System), Folders, BaseAsync);

    public void Share(string path, string source) => _shared.Add(new SharedFolder(new(path), source));

    public Task<WorkspaceOutcome> RunAsync(string command, string? lane = null, ObjectId? tree = null, string name = "Haiku-1") =>
        Workspaces.RunAsync(Command(command, lane, tree, name), TestContext.Current.CancellationToken);

    public WorkspaceCommand Command(string command, string? lane = null, ObjectId? tree = null, string name = "Haiku-1") =>
        new(State, name, tree ?? Tree, command, TimeSpan.FromMinutes(1)) { Lane = lane is null ? null : new Ownership(lane.Split(' ').Select(glob => new Glob(glob)).ToValueList()) };

    /// <summary>Waits until a command has written a file into its layer. Fails when it ends without.</summary>
    public async Task WrittenAsync(string path, Task<WorkspaceOutcome> running, string name = "Haiku-1")
    {
        while (!File.Exists(Path.Combine(Layer(name), path)))
        {
            Assert.False(running.IsCompleted, "The command ended before it wrote the file.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The base's tree with changes; a text of null deletes.</summary>
    public async Task<ObjectId> TreeAsync(params (string Path, string? Text)[] changes)
    {
        var list = new List<TreeChange>();
        foreach (var (path, text) in changes)
            list.Add(new TreeChange(new(path), text is null ? null : await Objects.WriteBlobAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None), FileModes.File));
        return await new TreeWriter(Objects).WriteTreeAsync(Tree, list, CancellationToken.None);
    }

    /// <summary>The tree with what a command wrote.</summary>
    public Task<ObjectId> TreeAsync(ObjectId below, WorkspaceOutcome outcome) =>
        new TreeWriter(Objects).WriteTreeAsync(below, outcome.Written.Files.Select(file => new TreeChange(file.Path, file.Blob, file.Mode)), CancellationToken.None);

    public async Task<string> TextAsync(WorkspaceOutcome outcome, string path) =>
        System.Text.Encoding.UTF8.GetString(await Objects.ReadBlobAsync(outcome.Written.Find(new(path))!.Blob!.Value, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await Objects.DisposeAsync();
        Folders.RemoveWorkspaces(State.Id);
        Files.Dispose();
    }

    private static void Reformat(TempRepository repository, string format)
    {
        Directory.Delete(Path.Combine(repository.Folder, ".git"), recursive: true);
        string[][] commands = [["init", "-q", "-b", "main", $"--object-format={format}"], ["config", "user.name", "Ada"], ["config", "user.email", "ada@example.org"], ["add", "-A"], ["commit", "-q", "-m", "Start"]];
        foreach (var command in commands)
            repository.Git(command);
    }

    private async Task<BaseFiles> BaseAsync(RunState state, CancellationToken cancellationToken)
    {
        if (IsFrozen)
        {
            var files = await new BaseKeeper(Git, Folders, new OpenSandbox(TimeProvider.System)).OpenAsync(state, cancellationToken);
            BaseFolder = files.Folder;
            return files;
        }

        if (!Directory.Exists(BaseFolder))
        {
            await Checkouts.WriteAsync(Git, state.Base.Tree, BaseFolder, cancellationToken);
            foreach (var file in Directory.EnumerateFiles(BaseFolder, "*", SearchOption.AllDirectories))
                File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        return new BaseFiles(state.Base.Tree, BaseFolder) { Shared = _shared.ToValueList() };
    }
}
