using System.Text.Json.Nodes;
using Planlane.Models;
using Planlane.Planning;
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
    private readonly TimeProvider _time;
    private readonly string _request;
    private readonly PlanFile _plan;

    private SimulatedMoney(SimulatorServer server, TempRepository repository, TimeProvider time, Scenario scenario, ValueList<ModelFacts> prices)
    {
        (_server, Repository, _time, _request) = (server, repository, time, scenario.Request);
        _plan = new PlanFile(RequestText.Parse(scenario.Request), null, PlanDocument.ReadAnswer(scenario.Plan).Plan!);
        Settings = new RunSettings(prices.First(row => row.Id.Value == "claude-sonnet-4-5"), prices.First(row => row.Id.Value == "claude-haiku-4-5"), Scripted: true) { Models = prices };
    }

    public TempRepository Repository { get; }

    /// <summary>The models with the prices that we know.</summary>
    public RunSettings Settings { get; }

    public IReadOnlyList<SimulatedCall> Calls => _server.Calls;

    /// <summary>What the simulator says that all of it cost.</summary>
    public Ledger Ledger => _server.Ledger;

    /// <summary>The price rows of the program under the names that settings use.</summary>
    public static ValueList<ModelFacts> Catalogue { get; } =
        ModelCatalogue.Load().Models.SelectMany(model => model.Aliases.Select(alias => model.Facts with { Id = alias }).Prepend(model.Facts)).ToValueList();

    public static async Task<SimulatedMoney> StartAsync(
        string name, Func<SimulatorOptions, SimulatorOptions>? change = null, FaultPlan? faults = null, TimeProvider? time = null, ValueList<ModelFacts>? prices = null)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        var repository = ScenarioRepository.Of(scenario);
        var plan = JsonNode.Parse(scenario.Plan)!;
        plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "true" });
        var played = scenario.WithPlan(plan.ToJsonString());
        var options = new SimulatorOptions(played)
        {
            Speed = double.PositiveInfinity,
            Seed = 1,
            FaultPlan = faults ?? new FaultPlan(),
            RateLimits = RateLimits.Scale,
            Prices = prices ?? Catalogue,
            TimeProvider = time ?? TimeProvider.System,
        };
        var server = await SimulatorServer.StartAsync(change is null ? options : change(options), TestContext.Current.CancellationToken);
        return new SimulatedMoney(server, repository, time ?? TimeProvider.System, played, prices ?? Catalogue);
    }

    /// <summary>For one run or resumption: its engine disposes of the connection.</summary>
    public RunHarness Harness(SpendPlace? spending = null) => new(Repository, AnthropicModels.Connect(new ModelConnection(_server.Address, "test"), _time), _time) { Spending = spending };

    public Task<RunState> RunAsync(RunSettings? settings = null, SpendPlace? spending = null) =>
        Harness(spending).RunAsync(_request, settings ?? Settings, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A run of the scenario's plan, without a planner: agents only.</summary>
    public Task<RunState> RunPlanAsync(RunSettings settings) => Harness().RunAsync(_request, settings, _plan, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Repository.Dispose();
    }
}
