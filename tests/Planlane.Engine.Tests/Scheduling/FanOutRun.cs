using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Scheduling;

/// <summary>A whole run of a shipped scenario in virtual time, with a check that is quicker than a build.</summary>
internal static class FanOutRun
{
    public static ValueList<ModelFacts> Prices { get; } = ModelCatalogue.Load().Models.Select(model => model.Facts).ToValueList();

    /// <summary>The models of a run, by default those of 4.5.</summary>
    public static RunSettings SettingsOf(string planner = "claude-sonnet-4-5", string agent = "claude-haiku-4-5")
    {
        var catalogue = ModelCatalogue.Load();
        return new RunSettings(catalogue.Find(new(planner)).Facts, catalogue.Find(new(agent)).Facts, Scripted: true);
    }

    public static async Task<(RunState State, IReadOnlyList<SimulatedCall> Calls, Simulator.Ledgers.Ledger Ledger)> OfAsync(
        string name,
        RunSettings settings,
        FaultPlan? faults = null,
        Func<SimulatorOptions, SimulatorOptions>? change = null,
        Func<IChatClient, IChatClient>? wrap = null,
        CancellationToken cancellationToken = default)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        using var repository = ScenarioRepository.Of(scenario);
        var plan = JsonNode.Parse(scenario.Plan)!;
        plan["checks"] = new JsonArray();
        foreach (var task in plan["tasks"]!.AsArray())
            task!.AsObject().Remove("check");
        using var time = new VirtualTime();
        var options = new SimulatorOptions(scenario.WithPlan(plan.ToJsonString())) { TimeProvider = time, Seed = 1, FaultPlan = faults ?? new FaultPlan(), Prices = Prices };
        await using var server = await SimulatorServer.StartAsync(change is null ? options : change(options), cancellationToken);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "test"), time);
        var state = await new RunHarness(repository, wrap is null ? client : wrap(client), time).RunAsync(scenario.Request, settings, cancellationToken: cancellationToken);
        return (state, server.Calls, server.Ledger);
    }
}
