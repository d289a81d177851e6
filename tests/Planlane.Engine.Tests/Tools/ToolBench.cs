using System.Text.Json;
using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Git;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Tools;

/// <summary>The tools of one agent on a real repository: task <c>mine</c> owns <c>src/</c>, task <c>theirs</c> owns <c>lib/</c>, both are at work.</summary>
internal sealed class ToolBench : IAsyncDisposable
{
    private readonly GitObjects _objects;
    private readonly ToolBox _tools;
    private readonly IReadOnlyDictionary<RepoPath, TreeEntry> _birth;
    private readonly Dictionary<RepoPath, ObjectId> _briefed;
    private readonly Task _driver;

    private ToolBench(TempRepository files, GitRepository repository, GitObjects objects, IReadOnlyDictionary<RepoPath, TreeEntry> birth, RunState state, string[] briefed)
    {
        Files = files;
        _objects = objects;
        _birth = birth;
        _briefed = briefed.ToDictionary(path => new RepoPath(path), path => birth[new RepoPath(path)].Id);
        Workspaces.Repository = repository;
        _tools = new ToolBox(repository, new ReportCollector(repository, new TreeWriter(objects)), Workspaces, TimeProvider.System);
        Inbox.Advance(state);
        _driver = DriveAsync();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TempRepository Files { get; }

    public RunInbox Inbox { get; } = new();

    public FolderWorkspaces Workspaces { get; } = new();

    public TaskState Mine => Inbox.State.Task(new TaskId("mine"));

    /// <summary>A bench on what the work tree holds.</summary>
    /// <param name="files">The repository; owned by the bench from then on.</param>
    /// <param name="briefed">The files whose text the agent was given.</param>
    public static async Task<ToolBench> OnAsync(TempRepository files, params string[] briefed)
    {
        var repository = await GitRepository.OpenAsync(files.Folder, TimeProvider.System, Token);
        var tree = new ObjectId(files.Git("rev-parse", "HEAD^{tree}"));
        var objects = new GitObjects(repository);
        PlannedTask[] tasks = [Task("mine", "src/**"), Task("theirs", "lib/**")];
        var state = RunState.Empty with
        {
            Id = new RunId("b3nch1"),
            Settings = RunHarness.Settings,
            BirthTree = tree,
            Plan = new Plan(Plan.SchemaVersion, new Suitability(true, "x"), [], [], tasks.ToValueList(), [], []),
            Tasks = tasks.Select((task, index) => TaskState.Planned(task, new AgentId($"Agent-{index + 1}"))).ToValueList(),
            Running = tasks.Select(task => new RunStep.Attempt(task.Id, 1).Id).ToValueList(),
        };
        return new ToolBench(files, repository, objects, await repository.ListTreeAsync(tree, Token), state, briefed);
    }

    public static Task<ToolBench> WithAsync(params (string Path, string Text)[] files) => OnAsync(TempRepository.With(files));

    /// <summary>One turn of the agent with one call.</summary>
    public async Task<ToolResult> CallAsync(string tool, object input) => (await TurnAsync((tool, input))).Results[0];

    /// <summary>One turn of the agent, recorded.</summary>
    public async Task<TurnActed> TurnAsync(params (string Tool, object Input)[] calls)
    {
        var turn = new Turn(Mine.Turns.Count + 1, 1, null, calls.Select(AnswerBlock (call, index) => new AnswerBlock.ToolCall($"call_{index}", call.Tool, JsonSerializer.Serialize(call.Input))).ToValueList(), AnswerStop.ToolUse, new ModelCall(default, null, default, Cost.Zero, 0, 0), null);
        var acted = await _tools.RunAsync(turn, Mine.Id, Workspace(), Inbox, Token);
        await Inbox.PostAsync(acted);
        return acted;
    }

    /// <summary>What a file holds for the agent after the recorded turns; null when it does not exist.</summary>
    public Task<string?> ReadAsync(string path) => Workspace().ReadAsync(new RepoPath(path), Token);

    public Workspace Workspace() => Planlane.Workspaces.Workspace.Of(Inbox.State, Mine.Id, _birth, new TreeNames(_birth.Keys), _objects, _briefed);

    /// <summary>Ends the other task with work that is complete.</summary>
    public async Task EndTheirsAsync(string path, string text)
    {
        var id = new TaskId("theirs");
        var changes = new ChangeSet([new FileChange(new RepoPath(path), await _objects.WriteBlobAsync(System.Text.Encoding.UTF8.GetBytes(text), Token))]);
        await Inbox.PostAsync(new TurnActed(id, 1, [], changes));
        await Inbox.PostAsync(new TaskReported(new TaskReport(id, new AgentId("Agent-2"), TaskReportState.Complete, [], null, null, [], null, default, Cost.Zero, 1)));
        await Inbox.PostAsync(new StepEnded(new RunStep.Attempt(id, 1).Id));
    }

    public async ValueTask DisposeAsync()
    {
        Inbox.Close();
        await _driver;
        await _objects.DisposeAsync();
        Workspaces.Dispose();
        Files.Dispose();
    }

    // What the run's driver does, without a journal.
    private async Task DriveAsync()
    {
        while (await Inbox.Reader.WaitToReadAsync(CancellationToken.None))
            while (Inbox.Reader.TryRead(out var posted))
            {
                if (posted.Event is { } happened)
                    Inbox.Advance(Inbox.State.Apply(new RecordedEvent(Inbox.State.Sequence + 1, DateTimeOffset.UnixEpoch, happened(Inbox.State))));
                posted.Recorded.TrySetResult(Inbox.State);
            }
    }

    private static PlannedTask Task(string id, string owns) => new(new TaskId(id), $"Write {id}", "b", new Ownership([new Glob(owns)]), [], [], [], null, new TaskEstimate(100), "m");
}
