using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Commits;
using Planlane.Git;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reports.Compiling;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Scheduling;
using Planlane.Tools;
using Planlane.Workspaces;
using Planlane.Workspaces.Bases;

namespace Planlane.Hosting;

/// <summary>The phases of one run, put together with <c>new</c> alone.</summary>
public sealed class RunEngine : IAsyncDisposable
{
    private readonly SharedContext _shared;
    private readonly LazyChatClient _client;
    private readonly CSharpCompiler _compiler;
    private readonly SpendLedger _spending;

    /// <summary>Puts them together.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="options">What to work with.</param>
    /// <param name="folders">Where commands run.</param>
    /// <param name="policy">What the run's commands may do.</param>
    public RunEngine(GitRepository repository, EngineOptions options, RunFolders folders, WorkspacePolicy policy)
    {
        var time = options.Time;
        Planning = new PlanningParts(repository, folders, time);
        _client = new LazyChatClient(() => new MaskingChatClient(options.Models(), options.Secrets));
        _spending = new SpendLedger(options.Spending ?? new SpendPlace(folders.Spending, ""), repository.CommonDir, time);
        var models = new ModelDesk(new ModelCaller(_client, time, new Random(options.Seed)), new SpendGate(_spending), time);
        var collector = new ReportCollector(repository, new TreeWriter(Planning.Objects));
        var sandbox = SandboxOf(options, policy);
        Workspaces = new DiskWorkspaces(repository, sandbox, folders, new BaseKeeper(repository, folders, sandbox).OpenAsync);
        var runner = new CheckRunner(Workspaces, options.CheckLimit);
        _compiler = new CSharpCompiler(repository, Planning.Objects, time);
        _shared = new SharedContext(repository, Planning.Objects, Planning.Survey);
        var combiner = new WorkCombiner(repository, collector, runner);
        Phases = new RunPhases(
            new RequestTriage(Planning.Survey, models),
            new Planner(Planning, models),
            _shared,
            Workspaces,
            new AgentRunner(new HedgedCall(models, time), _shared, new ToolBox(repository, collector, Workspaces, time), collector, new TaskChecker(collector, runner, _compiler), new PrefixKeeper(models, time)),
            combiner,
            new Rebaser(repository, collector),
            new Committer(repository, collector, combiner, Workspaces, options.CheckLimit));
    }

    /// <summary>What holds the commands of a run: nothing when the user wants it so, what the options name, or the best that this machine has.</summary>
    public static ISandbox SandboxOf(EngineOptions options, WorkspacePolicy policy) =>
        new TurnSandbox(policy.IsSandboxed ? options.Sandbox ?? new BestSandbox() : new OpenSandbox(options.Time), options.Turns);

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
        _compiler.Dispose();
        await _spending.DisposeAsync().ConfigureAwait(false);
        await Planning.DisposeAsync().ConfigureAwait(false);
    }
}
