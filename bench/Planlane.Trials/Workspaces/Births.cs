using System.Diagnostics;
using System.Globalization;
using Planlane.Agents;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces;
using Planlane.Workspaces.Bases;
using Planlane.Workspaces.Collecting;

namespace Planlane.Trials.Workspaces;

/// <summary>The workspaces of one repository, made in several ways.</summary>
internal sealed class Births : IAsyncDisposable
{
    private readonly GitRepository _git;
    private readonly GitObjects _objects;
    private readonly RunFolders _folders;
    private readonly RunState _start;
    private int _slow;
    private int _agents;
    private BaseFiles _base = null!;
    private int _runs;

    private Births(GitRepository git, RunState start) => (_git, _objects, _folders, _start) = (git, new GitObjects(git), new RunFolders(git.CommonDir), start);

    /// <summary>What was measured once: the files, and the one frozen base.</summary>
    public string Facts { get; private set; } = "";

    public static async Task<Births> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var git = await GitRepository.OpenAsync(folder, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        var snapshot = await git.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var started = new RunStarted(new("000000"), RequestText.Parse("Work"), new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, []), RunHarness.Settings);
        var births = new Births(git, RunState.Empty.Apply(new RecordedEvent(1, TimeProvider.System.GetUtcNow(), started)));
        var begun = TimeProvider.System.GetTimestamp();
        births._base = await new BaseKeeper(git, births._folders, new BestSandbox()).OpenAsync(births._start, cancellationToken).ConfigureAwait(false);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var files = (await git.ListTreeAsync(snapshot.Tree, cancellationToken).ConfigureAwait(false)).Count;
        births.Facts = string.Create(CultureInfo.InvariantCulture, $"{files:#,0} files. The one frozen base, made once and kept: {seconds:0.0} s, {Size([births._base.Folder]) / 1e6:#,0.0} MB.");
        return births;
    }

    /// <summary>All ways; the last is what the others are compared to.</summary>
    public IReadOnlyList<BirthWay> Ways(int agents, int slow)
    {
        (_agents, _slow) = (agents, slow);
        return
        [
            new("ours, level 1: one file read", agents, ReadAsync, _ => []),
            .. new BestSandbox().Facts.CanOverlay ? [Commands("ours, level 2: overlay, `true` run in the sandbox", agents, () => new BestSandbox())] : Array.Empty<BirthWay>(),
            Commands("ours, fallback: hard links, `true` run", agents, () => new OpenSandbox(TimeProvider.System)) with { IsSlow = true },
            Copies(slow),
            new("git worktree add, sequential", slow, WorktreesAsync, run => [_folders.TemporaryWorkspacesOf(IdOf(run))]) { IsSlow = true },
        ];
    }

    /// <summary>Measures a way in a run of its own, and removes what it made.</summary>
    public async Task<Birth> MeasureAsync(BirthWay way, CancellationToken cancellationToken)
    {
        var run = ++_runs;
        var begun = TimeProvider.System.GetTimestamp();
        await way.MakeAsync(run, cancellationToken).ConfigureAwait(false);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var folders = way.Folders(run).Where(Directory.Exists).ToList();
        var bytes = folders.Count == 0 ? 0 : Size([_base.Folder, .. folders]);
        _folders.RemoveWorkspaces(IdOf(run));
        await _git.Cli.RunAsync(new GitCall("worktree", "prune"), cancellationToken).ConfigureAwait(false);
        return new Birth(seconds, bytes);
    }

    public async ValueTask DisposeAsync() => await _objects.DisposeAsync().ConfigureAwait(false);

    private BirthWay Commands(string name, int agents, Func<ISandbox> sandbox) => new(
        name,
        agents,
        async (run, cancellationToken) =>
        {
            var workspaces = new DiskWorkspaces(_git, sandbox(), _folders, (_, _) => Task.FromResult(_base));
            var state = _start with { Id = IdOf(run) };
            var outcomes = await Task.WhenAll(Enumerable.Range(1, agents).Select(number => workspaces.RunAsync(new WorkspaceCommand(state, $"Agent-{number}", state.Base.Tree, "true", TimeSpan.FromMinutes(10)), cancellationToken))).ConfigureAwait(false);
            if (outcomes.FirstOrDefault(outcome => outcome.ExitCode != 0) is { } failed)
                throw new InvalidOperationException(failed.Output);
        },
        run => [_folders.WorkspacesOf(IdOf(run)), _folders.TemporaryWorkspacesOf(IdOf(run))]);

    // What is done where files can be neither mounted nor linked; the machine that measures can do both.
    private BirthWay Copies(int agents) => new(
        "ours, fallback: copies, `true` run",
        agents,
        async (run, cancellationToken) =>
        {
            var state = _start with { Id = IdOf(run) };
            var place = new WorkspacePlace(new WorkspaceFacts(WorkspaceKind.Copies, "It is measured."), false);
            var ground = await WorkspaceGround.ReadAsync(_git, _base, place.Kind, _folders.TemporaryWorkspacesOf(state.Id), cancellationToken).ConfigureAwait(false);
            foreach (var number in Enumerable.Range(1, agents))
            {
                var workspace = DiskWorkspace.Open(ground, place.Kind, new WorkspaceFolders(_folders, place, state.Id, $"Agent-{number}"), _git, new IgnoredPaths(_git), null);
                await workspace.RunAsync(new WorkspaceCommand(state, $"Agent-{number}", state.Base.Tree, "true", TimeSpan.FromMinutes(10)), _git, new OpenSandbox(TimeProvider.System), cancellationToken).ConfigureAwait(false);
            }
        },
        run => [_folders.TemporaryWorkspacesOf(IdOf(run))])
    { IsSlow = true };

    private async Task ReadAsync(int run, CancellationToken cancellationToken)
    {
        var plan = new Plan(Plan.SchemaVersion, new(true, "It divides."), [], [], Enumerable.Range(1, _agents).Select(TaskOf).ToValueList(), [], []);
        var state = _start with { Id = IdOf(run), Plan = plan, Tasks = plan.Tasks.Select((task, at) => new TaskState(task, new($"Agent-{at + 1}"), task.Owns, null, [], Reports.ChangeSet.Empty, null, null, null, null, 0, [])).ToValueList() };
        var birth = await _git.ListTreeAsync(state.Base.Tree, cancellationToken).ConfigureAwait(false);
        var names = new TreeNames(birth.Keys);
        foreach (var task in plan.Tasks)
        {
            if (await Workspace.Of(state, task.Id, birth, names, _objects).ReadAsync(new("README.md"), cancellationToken).ConfigureAwait(false) is null)
                throw new InvalidOperationException("The file was not read.");
        }
    }

    private async Task WorktreesAsync(int run, CancellationToken cancellationToken)
    {
        foreach (var folder in Targets(run))
            await _git.Cli.RunAsync(new GitCall("worktree", "add", "-q", "--detach", folder), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string> Targets(int run) => Enumerable.Range(1, _slow).Select(number => Path.Combine(_folders.TemporaryWorkspacesOf(IdOf(run)), $"Agent-{number}"));

    private static PlannedTask TaskOf(int number) => new(new($"task-{number}"), "Work", "Work.", new([new($"part{number}/**")]), [], [], [], null, new(1), "Work");

    private static RunId IdOf(int run) => new(run.ToString("x6", CultureInfo.InvariantCulture));

    // The last of the folders takes the space that those before do not: du counts a file with several names once, where it is met first.
    private static long Size(IReadOnlyList<string> folders)
    {
        using var du = Process.Start(new ProcessStartInfo("du", ["-s", "--block-size=1", .. folders]) { RedirectStandardOutput = true })!;
        var sizes = du.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line.Split('\t')[0], CultureInfo.InvariantCulture)).ToList();
        du.WaitForExit();
        return folders.Count == 1 ? sizes[0] : sizes.Skip(1).Sum();
    }
}
