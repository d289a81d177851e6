using System.Text.Json.Nodes;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Testing;

namespace Planlane.Simulator;

/// <summary>Whole runs of the real engine in virtual time: real HTTP, real git, real checks, and minutes that take seconds.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class VirtualRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithARefusedCallInVirtualTimeTwice_WaitsAsToldAndTellsTheSameTimes()
    {
        var first = await RunAsync(seed: 1);
        var second = await RunAsync(seed: 1);

        Assert.Equal(RunOutcome.Completed, first.State.End?.Outcome);
        Assert.Equal(Times(first.Calls), Times(second.Calls));
        Assert.Equal(first.Tree, second.Tree);
        // Slower than any of its calls, quicker than all of them one after another: agents were at work side by side.
        var took = first.Calls.Max(call => call.EndedAt!.Value) - first.Calls.Min(call => call.StartedAt);
        var told = TimeSpan.FromSeconds(90);
        Assert.InRange(took, first.Calls.Max(Length) + told, first.Calls.Aggregate(told, (sum, call) => sum + Length(call)));
        var refused = first.Calls.Single(call => call.Status == 429);
        var again = first.Calls.First(call => call.Number > refused.Number && call.PromptKey == refused.PromptKey);
        Assert.InRange(again.StartedAt - refused.EndedAt!.Value, told, told + TimeSpan.FromSeconds(1));
    }

    private static TimeSpan Length(SimulatedCall call) => call.EndedAt!.Value - call.StartedAt;

    private static IEnumerable<string> Times(IReadOnlyList<SimulatedCall> calls) =>
        // Calls of one instant may be numbered in either order.
        calls.Select(call => $"{call.StartedAt:O} {call.Role} {call.Task} {call.Turn} {call.Status} {call.FirstByteAt:O} {call.EndedAt:O} {call.Usage}").Order(StringComparer.Ordinal);

    private static async Task<(RunState State, IReadOnlyList<SimulatedCall> Calls, string Tree)> RunAsync(int seed)
    {
        var scenario = new ScenarioCatalogue().Open("auth");
        using var repository = ScenarioRepository.Of(scenario);
        // A check that really runs, and is quicker than a build.
        var document = JsonNode.Parse(scenario.Plan)!;
        document["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "sleep 0.1 && test -f src/Shop/Auth/JwtTokens.cs" });
        var plan = new FaultPlan().Next(new Fault.Http(429, TimeSpan.FromSeconds(90)), role: CallRole.Agent).Next(new Fault.Says(document.ToJsonString()), role: CallRole.Planner);
        using var time = new VirtualTime();
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(scenario) { TimeProvider = time, Seed = seed, FaultPlan = plan }, Token);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "test"), time);
        var catalogue = ModelCatalogue.Load();
        var settings = new RunSettings(catalogue.Find(new("claude-sonnet-4-5")).Facts, catalogue.Find(new("claude-haiku-4-5")).Facts, Scripted: true);
        var state = await new RunHarness(repository, client, time).RunAsync(scenario.Request, settings, cancellationToken: Token);
        return (state, server.Calls, repository.Git("rev-parse", "HEAD^{tree}"));
    }
}
