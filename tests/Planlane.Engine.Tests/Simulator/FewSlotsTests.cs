using System.Text.Json.Nodes;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Simulator.Scripting;
using Planlane.Testing;

namespace Planlane.Simulator;

/// <summary>Agents that begin when others have ended see no more of them than agents that begin at once: what is compiled of their work alone may not fail for names that siblings write.</summary>
public sealed class FewSlotsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rest-api", 1)]
    [InlineData("rest-api", 8)]
    [InlineData("product-api", 1)]
    public async Task Run_OfRightAnswers_SendsNobodyBackHoweverManyWorkAtOnce(string name, int slots)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        using var repository = ScenarioRepository.Of(scenario);
        var document = JsonNode.Parse(scenario.Plan)!;
        document["checks"] = new JsonArray(new JsonObject { ["name"] = "build", ["command"] = "true" });
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(scenario.WithPlan(document.ToJsonString())) { Speed = double.PositiveInfinity }, Token);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "test"), TimeProvider.System);
        var catalogue = ModelCatalogue.Load();
        var settings = new RunSettings(catalogue.Find(new("claude-sonnet-4-5")).Facts, catalogue.Find(new("claude-haiku-4-5")).Facts, Slots: slots, Scripted: true);

        var state = await new RunHarness(repository, client, TimeProvider.System).RunAsync(scenario.Request, settings, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.All(state.Tasks, task => Assert.True(task is { Turns.Count: 1, Compiled.Result.Passed: true } or { Turns.Count: 1, Compiled: null }, $"{task.Id}: {task.Compiled?.Result.Output}"));
        Assert.Contains(state.Tasks, task => task.Compiled is not null);
    }
}
