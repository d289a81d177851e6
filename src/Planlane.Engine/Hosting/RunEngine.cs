using Planlane.Agents;
using Planlane.Commits;
using Planlane.Git;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Scheduling;
using Planlane.Tools;
using Planlane.Workspaces;

namespace Planlane.Hosting;

/// <summary>The phases of one run, put together with <c>new</c> alone.</summary>
public sealed class RunEngine : IAsyncDisposable
{
    private readonly SharedContext _shared;
    private readonly LazyChatClient _client;

    /// <summary>Puts them together.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="options">What to work with.</param>
    /// <param name="folders">Where commands run.</param>
    public RunEngine(GitRepository repository, EngineOptions options, RunFolders folders)
    {
        var time = options.Time;
        Planning = new PlanningParts(repository, folders, time);
        _client = new LazyChatClient(options.Models);
        var models = new ModelDesk(new ModelCaller(_client, time, new Random(options.Seed)), time);
        var collector = new ReportCollector(repository, new TreeWriter(repository, Planning.Objects));
        Workspaces = new CheckoutWorkspaces(repository, SandboxOf(options), folders);
        var runner = new CheckRunner(Workspaces, options.CheckLimit);
        _shared = new SharedContext(repository, Planning.Objects, Planning.Survey);
        Phases = new RunPhases(
            new Planner(Planning, models),
            _shared,
            new AgentRunner(models, _shared, new ToolBox(repository), collector, new TaskChecker(collector, runner)),
            new WorkCombiner(repository, collector, runner),
            new Committer(repository, collector));
    }

    /// <summary>What holds the commands of runs: what the options name, or the best that this machine has.</summary>
    public static ISandbox SandboxOf(EngineOptions options) => options.Sandbox ?? new OpenSandbox(options.Time);

    /// <summary>What plans are made and proven with.</summary>
    public PlanningParts Planning { get; }

    /// <summary>Where commands run.</summary>
    public IWorkspaces Workspaces { get; }

    /// <summary>All phases.</summary>
    public RunPhases Phases { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _shared.Dispose();
        await Planning.DisposeAsync().ConfigureAwait(false);
    }
}
