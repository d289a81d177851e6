using System.Text.Json.Nodes;
using Planlane.Models;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Scripting;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Support;

/// <summary>The sample repository of a scenario, and a simulator that answers its request.</summary>
internal sealed class SimulatedRepository : IAsyncDisposable
{
    private readonly SimulatorServer _server;

    private SimulatedRepository(TempRepository repository, SimulatorServer server, string request)
    {
        (Repository, _server, Request) = (repository, server, request);
        Variables = new() { ["ANTHROPIC_BASE_URL"] = server.Address.ToString(), ["ANTHROPIC_API_KEY"] = "any" };
    }

    public TempRepository Repository { get; }

    /// <summary>What leads a process to the simulator.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>The request that the scripted planner has a plan for.</summary>
    public string Request { get; }

    /// <summary>What the simulator was asked, in the order of arrival.</summary>
    public IReadOnlyList<ModelQuestion> Questions => [.. _server.Calls.Select(call => call.Role is CallRole.Triage ? ModelQuestion.OfTriage : new ModelQuestion(call.Task?.Value, call.Turn))];

    /// <summary>The bodies of all requests, as the simulator received them.</summary>
    public IReadOnlyList<string> Requests => [.. _server.Calls.Select(call => call.Request)];

    /// <summary>What the simulator says that all of it cost.</summary>
    public Ledger Ledger => _server.Ledger;

    /// <param name="change">Changes the plan document that the planner answers; null to take it as it is.</param>
    /// <param name="apiKey">The only key that is accepted; null for any.</param>
    /// <param name="speed">How many times faster than real models it answers.</param>
    /// <param name="name">The scenario.</param>
    /// <param name="faults">Whether its agents make their recorded mistakes.</param>
    /// <param name="plan">What goes wrong with its answers; null for nothing.</param>
    public static async Task<SimulatedRepository> StartAsync(
        Action<JsonObject>? change = null, string? apiKey = null, double speed = double.PositiveInfinity, string name = "auth", bool faults = false, FaultPlan? plan = null)
    {
        var shipped = new ScenarioCatalogue().Open(name);
        var scenario = change is null ? shipped : Changed(shipped, change);
        var repository = TempRepository.With();
        shipped.CopyBaseTo(repository.Folder);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Base");
        var prices = ModelCatalogue.Load().Models.Select(model => model.Facts).ToValueList();
        var server = await SimulatorServer.StartAsync(new SimulatorOptions(scenario) { Speed = speed, ApiKey = apiKey, Faults = faults, FaultPlan = plan ?? new FaultPlan(), Prices = prices }, TestContext.Current.CancellationToken);
        return new SimulatedRepository(repository, server, shipped.Request);
    }

    /// <summary>Makes a command that needs no toolchain the check of a plan, for tests that are not about builds.</summary>
    public static void WithoutBuilds(JsonObject plan) => plan["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "test -d src" });

    public Task<PlanlaneProcess.Result> RunAsync(params IEnumerable<string> arguments) => PlanlaneProcess.RunAsync(Repository.Folder, Variables, arguments);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Repository.Dispose();
    }

    private static Scenario Changed(Scenario shipped, Action<JsonObject> change)
    {
        var plan = JsonNode.Parse(shipped.Plan)!.AsObject();
        change(plan);
        return shipped.WithPlan(plan.ToJsonString());
    }
}
