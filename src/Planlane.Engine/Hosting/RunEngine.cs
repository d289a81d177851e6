using Planlane.Agents;
using Planlane.Commits;
using Planlane.Git;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Tools;

namespace Planlane.Hosting;

/// <summary>The phases of one run, put together with <c>new</c> alone.</summary>
public sealed class RunEngine : IAsyncDisposable
{
    private readonly GitObjects _objects;
    private readonly SharedContext _shared;
    private readonly LazyChatClient _client;

    /// <summary>Puts them together.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="options">What to work with.</param>
    /// <param name="folders">Where commands run.</param>
    public RunEngine(GitRepository repository, EngineOptions options, RunFolders folders)
    {
        var time = options.Time;
        _objects = new GitObjects(repository);
        _client = new LazyChatClient(options.Models);
        var models = new ModelDesk(new ModelCaller(_client, time, new Random(options.Seed)), time);
        var survey = new RepositorySurvey(repository, _objects, new CodeGraphBuilder(repository));
        var collector = new ReportCollector(repository, new TreeWriter(repository, _objects));
        var runner = new CheckRunner(time, options.CheckLimit);
        _shared = new SharedContext(repository, _objects, survey);
        Phases = new RunPhases(
            new Planner(survey, new PlanProver(repository, new ContractChecker(repository, _objects)), models, new Estimator(repository, survey, new EstimateHistory(folders), time)),
            _shared,
            new AgentRunner(models, _shared, new ToolBox(repository), collector, new TaskChecker(repository, collector, runner, folders)),
            new WorkCombiner(repository, collector, runner, folders),
            new Committer(repository, collector));
    }

    /// <summary>All phases.</summary>
    public RunPhases Phases { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _shared.Dispose();
        await _objects.DisposeAsync().ConfigureAwait(false);
    }
}
