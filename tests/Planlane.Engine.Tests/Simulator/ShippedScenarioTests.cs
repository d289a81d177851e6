using System.Text.Json;
using Planlane.Simulator.Scripting;

namespace Planlane.Simulator;

/// <summary>Every shipped scenario, played to its end on files in memory, is its recorded solution.</summary>
public sealed class ShippedScenarioTests
{
    [Fact]
    public void Plans_NameTheTasksThatAgentsKnow() => Assert.All(Shipped(), scenario =>
        Assert.Equal(PlanTasks(scenario).Select(task => task.GetProperty("id").GetString()!).Order(StringComparer.Ordinal), scenario.Tasks.Select(task => task.Value).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Agents_OfEachScenario_ArriveAtItsRecordedSolution(bool faults)
    {
        foreach (var scenario in Shipped())
        {
            await using var server = await SimulatorServer.StartAsync(new(scenario) { Speed = double.PositiveInfinity, Faults = faults }, TestContext.Current.CancellationToken);
            using var client = new SimulatorClient(server.Address);
            var files = Files(Path.Combine(scenario.Folder, "base"));
            foreach (var task in PlanTasks(scenario))
                await PlayAsync(client, task, files, checkFails: faults);

            var gold = Files(Path.Combine(scenario.Folder, "gold"));
            var contracts = Contracts(scenario);
            Assert.Equal([], gold.Where(file => !contracts.Contains(file.Key) && files.GetValueOrDefault(file.Key) != file.Value).Select(file => $"{scenario.Name}: {file.Key}"));
        }
    }

    [Fact]
    public async Task Planner_OfEachScenario_AnswersItsPlan()
    {
        foreach (var scenario in Shipped())
        {
            await using var server = await SimulatorServer.StartAsync(new(scenario) { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
            using var client = new SimulatorClient(server.Address);

            var answer = await client.MessageAsync(SimulatorClient.Body("claude-sonnet-5-5", SimulatorClient.PlannerOpening(scenario.Request)));

            Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(scenario.Plan), JsonSerializer.Deserialize<JsonElement>((string)answer["content"]![0]!["text"]!)));
        }
    }

    // The same model, asked for what comes after its own scenario has landed.
    [Fact]
    public async Task FollowUp_OfAScenario_IsPlannedProvenAndArrivesAtItsRecordedSolution()
    {
        var (catalogue, pairs) = (Models.ModelCatalogue.Load(), Shipped().SelectMany(scenario => scenario.FollowUps.Select(after => (scenario, after))).ToList());
        Assert.NotEmpty(pairs);
        foreach (var (scenario, after) in pairs)
        {
            await using var server = await SimulatorServer.StartAsync(new(scenario) { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
            using var client = new SimulatorClient(server.Address);
            var folder = Directory.CreateTempSubdirectory("planlane-test-").FullName;
            after.CopyBaseTo(folder);
            var files = Files(folder);
            Assert.Subset(files.Keys.ToHashSet(), Files(Path.Combine(scenario.Folder, "gold")).Keys.ToHashSet());

            var answer = await client.MessageAsync(SimulatorClient.Body("claude-sonnet-5-5", SimulatorClient.PlannerOpening(after.Request)));
            var plan = Planning.PlanDocument.Parse((string)answer["content"]![0]!["text"]!);
            var facts = new Planning.RepositoryFacts(files.Select(file => new Planning.RepositoryFile(new(file.Key), file.Value.Length)), []);
            var settings = new Requests.RunSettings(catalogue.Find(new("claude-sonnet-4-5")).Facts, catalogue.Find(new("claude-haiku-4-5")).Facts, Scripted: true);
            var proof = Planning.PlanProof.Of(plan, Requests.RequestText.Parse(after.Request), settings, facts);
            foreach (var task in PlanTasks(after))
                await PlayAsync(client, task, files, checkFails: false);

            Assert.Equal([], proof.Problems);
            Assert.True(proof.Verdict.Divides, proof.Verdict.Reason);
            var contracts = Contracts(after);
            Assert.Equal([], Files(Path.Combine(after.Folder, "gold")).Where(file => !contracts.Contains(file.Key) && files.GetValueOrDefault(file.Key) != file.Value).Select(file => $"{after.Name}: {file.Key}"));
            Assert.All(contracts, path => Assert.Equal(after.Gold(path), plan.Contracts.Single(contract => contract.Path.Value == path).Content));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyList<Scenario> Shipped()
    {
        var scenarios = new ScenarioCatalogue().List();
        Assert.NotEmpty(scenarios);
        return scenarios;
    }

    private static async Task PlayAsync(SimulatorClient client, JsonElement task, Dictionary<string, string> files, bool checkFails)
    {
        var owns = task.GetProperty("owns").EnumerateArray().Select(path => path.GetString()!).ToList();
        var run = new SampleAgentRun(client, "claude-haiku-5-5", task.GetProperty("id").GetString()!, files, path => owns.Exists(own => Covers(own, path)));
        await run.RunAsync();
        if (checkFails)
            await run.FeedbackAsync("check", "error CS1002: ; expected");
        Assert.Equal("complete", (string?)run.Report!["status"]);
    }

    private static bool Covers(string own, string path) => own == path || (own.EndsWith("/**", StringComparison.Ordinal) && path.StartsWith(own[..^2], StringComparison.Ordinal));

    private static List<JsonElement> PlanTasks(Scenario scenario) => [.. JsonSerializer.Deserialize<JsonElement>(scenario.Plan).GetProperty("tasks").EnumerateArray()];

    private static HashSet<string> Contracts(Scenario scenario) =>
        [.. JsonSerializer.Deserialize<JsonElement>(scenario.Plan).GetProperty("contracts").EnumerateArray().Select(contract => contract.GetProperty("path").GetString()!)];

    private static Dictionary<string, string> Files(string root) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText);
}
