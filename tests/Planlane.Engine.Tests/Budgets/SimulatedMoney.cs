using System.Text.Json.Nodes;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Scripting;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Budgets;

/// <summary>A shipped scenario over real HTTP, with price rows that both sides know and a check that is quicker than a build.</summary>
internal sealed class SimulatedMoney : IAsyncDisposable
{
    private readonly SimulatorServer _server;
    private readonly Microsoft.Extensions.AI.IChatClient _client;
    private readonly TimeProvider _time;
    private readonly string _request;

    private SimulatedMoney(SimulatorServer server, TempRepository repository, TimeProvider time, string request, ValueList<ModelFacts> prices)
    {
        (_server, Repository, _time, _request) = (server, repository, time, request);
        _client = AnthropicModels.Connect(new ModelConnection(server.Address, "test"), time);
        Settings = new RunSettings(prices.First(row => row.Id.Value == "claude-sonnet-4-5"), prices.First(row => row.Id.Value == "claude-haiku-4-5"), Scripted: true) { Models = prices };
    }

    public TempRepository Repository { get; }

    /// <summary>The models with the prices that we know.</summary>
    public RunSettings Settings { get; }

    public IReadOnlyList<SimulatedCall> Calls => _server.Calls;

    /// <summary>What the simulator says that all of it cost.</summary>
    public Ledger Ledger => _server.Ledger;

    public Uri Address => _server.Address;

    /// <summary>The price rows of the program under the names that settings use.</summary>
    public static ValueList<ModelFacts> Catalogue { get; } =
        ModelCatalogue.Load().Models.SelectMany(model => model.Aliases.Select(alias => model.Facts with { Id = alias }).Prepend(model.Facts)).ToValueList();

    public static async Task<SimulatedMoney> StartAsync(
        string name, Func<SimulatorOptions, SimulatorOptions>? change = null, FaultPlan? faults = null, TimeProvider? time = null, ValueList<ModelFacts>? prices = null)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        var repository = TempRepository.With();
        scenario.CopyBaseTo(repository.Folder);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "The sample product");
        var plan = JsonNode.Parse(scenario.Plan)!;
        plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "true" });
        var options = new SimulatorOptions(scenario.WithPlan(plan.ToJsonString()))
        {
            Speed = double.PositiveInfinity, Seed = 1, FaultPlan = faults ?? new FaultPlan(), RateLimits = RateLimits.Scale, Prices = prices ?? Catalogue, TimeProvider = time ?? TimeProvider.System,
        };
        var server = await SimulatorServer.StartAsync(change is null ? options : change(options), TestContext.Current.CancellationToken);
        return new SimulatedMoney(server, repository, time ?? TimeProvider.System, scenario.Request, prices ?? Catalogue);
    }

    public RunHarness Harness(SpendPlace? spending = null) => new(Repository, _client, _time) { Spending = spending };

    public Task<RunState> RunAsync(RunSettings? settings = null, SpendPlace? spending = null) =>
        Harness(spending).RunAsync(_request, settings ?? Settings, cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Repository.Dispose();
    }
}
