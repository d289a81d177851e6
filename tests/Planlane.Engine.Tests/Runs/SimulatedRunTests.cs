using System.Text.Json.Nodes;
using Planlane.Budgets;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Scripting;
using Planlane.Testing;

namespace Planlane.Runs;

/// <summary>Whole runs over real HTTP, with a scenario's gold files and a check that is quicker than a build.</summary>
public sealed class SimulatedRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AuthScenario_LandsTheGoldFilesAndBooksWhatTheApiCounted()
    {
        using var repository = Repository(new ScenarioCatalogue().Open("auth"), padding: 0);
        var (state, calls) = await RunAsync(repository, "auth", faults: false);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        var scenario = new ScenarioCatalogue().Open("auth");
        foreach (var path in state.Work!.Files.Select(file => file.Path.Value))
            Assert.Equal(scenario.Gold(path), repository.Read(path));
        Assert.Equal(8, state.Work.Files.Count);
        Assert.Equal(calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage), state.Calls.Aggregate(default(Usage), (sum, call) => sum + call.Usage));
        Assert.Equal([CallRole.Planner, .. Enumerable.Repeat(CallRole.Agent, 5)], calls.Select(call => call.Role).Order());
    }

    [Fact]
    public async Task Run_PrefixLongEnoughForTheCache_OneAgentWritesItAndTheOthersReadIt()
    {
        using var repository = Repository(new ScenarioCatalogue().Open("auth"), padding: 12);
        var (state, calls) = await RunAsync(repository, "auth", faults: false);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        var agents = calls.Where(call => call.Role is CallRole.Agent).ToList();
        // Each writes its own brief, for a second turn of its own.
        Assert.Single(agents, call => call.Usage.CacheRead == 0);
        Assert.Equal(4, agents.Count(call => call.Usage.CacheRead > 0));
        Assert.Single(agents.Select(call => PrefixOf(call.Request)).Distinct());
    }

    [Fact]
    public async Task Run_CompileErrorFault_IsRepairedByItsAgentFromTheDiagnosticsAlone()
    {
        using var repository = Repository(new ScenarioCatalogue().Open("auth"), padding: 0);
        var (state, _) = await RunAsync(repository, "auth", faults: true);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal([2, 1, 1, 1, 1], state.Tasks.Select(task => task.Turns.Count));
        Assert.Equal(new ScenarioCatalogue().Open("auth").Gold("src/Shop/Auth/JwtTokens.cs"), repository.Read("src/Shop/Auth/JwtTokens.cs"));
    }

    private static TempRepository Repository(Scenario scenario, int padding)
    {
        var repository = TempRepository.With();
        scenario.CopyBaseTo(repository.Folder);
        for (var i = 0; i < padding; i++)
            repository.Write($"docs/note-{i}.md", string.Concat(Enumerable.Range(0, 60).Select(line => $"Line {line} of note {i} tells what the shop does here.\n")));
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "The sample product");
        return repository;
    }

    private static async Task<(RunState State, IReadOnlyList<SimulatedCall> Calls)> RunAsync(TempRepository repository, string name, bool faults)
    {
        var scenario = new ScenarioCatalogue().Open(name);
        var plan = JsonNode.Parse(scenario.Plan)!;
        // What the compiler would say of the faulty file, found by its missing line.
        plan["checks"] = new JsonArray(new JsonObject
        {
            ["name"] = "build",
            ["command"] = "grep -q 'using System.Buffers.Text;' src/Shop/Auth/JwtTokens.cs || { echo \"src/Shop/Auth/JwtTokens.cs(9,9): error CS0103: The name 'Base64Url' does not exist\"; exit 1; }",
        });
        var planned = new FaultPlan();
        planned.Next(new Fault.Says(plan.ToJsonString()), role: CallRole.Planner);
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(scenario) { Speed = double.PositiveInfinity, Seed = 1, Faults = faults, FaultPlan = planned }, Token);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "test"), TimeProvider.System);
        var catalogue = ModelCatalogue.Load();
        var settings = new RunSettings(catalogue.Find(new("claude-sonnet-4-5")).Facts, catalogue.Find(new("claude-haiku-4-5")).Facts, Scripted: true);
        var state = await new RunHarness(repository, client).RunAsync(scenario.Request, settings, cancellationToken: Token);
        return (state, server.Calls);
    }

    // Everything up to the breakpoint: tools, system, and the first block of the first message.
    private static string PrefixOf(string request)
    {
        var body = JsonNode.Parse(request)!;
        Assert.NotNull(body["messages"]![0]!["content"]![0]!["cache_control"]);
        return $"{body["model"]}{body["tools"]!.ToJsonString()}{body["system"]!.ToJsonString()}{body["messages"]![0]!["content"]![0]!.ToJsonString()}";
    }
}
