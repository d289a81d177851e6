using System.Text.Json.Nodes;
using Planlane.Runs;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Pacing;

namespace Planlane.Simulator;

/// <summary>Models that do worse than their script, and speeds from a file.</summary>
public sealed class ImperfectionTests : SimulatorTest
{
    [Theory]
    [InlineData("BadAnchor", "greeter")]
    [InlineData("BrokenCode", "greeter")]
    [InlineData("OutsideLane", "greeter")]
    [InlineData("FalseDone", "farewell")]
    [InlineData("EarlyStop", "farewell")]
    [InlineData("Loop", "greeter")]
    [InlineData("SaysOnly", "greeter")]
    [InlineData("NoEnd", "greeter")]
    public async Task Mistake_OfARateOfOne_IsInTheAnswerAndInTheLog(string mistake, string task)
    {
        await using var server = await StartAsync(Of(mistake));
        using var client = new SimulatorClient(server.Address);

        var plain = await Client.MessageAsync(Ask(task));
        var worse = await client.MessageAsync(Ask(task));

        Assert.NotEqual(Shown(plain), Shown(worse));
        Assert.Equal(mistake, server.Calls.Single().Mistake);
    }

    // Each class of MAST by its name, as a plan of faults: what of the agent's calls is left.
    [Theory]
    [InlineData("step-repetition", "read_files([\"src/Greeter.cs\"])")]
    [InlineData("reasoning-action-mismatch", "finish(complete)")]
    [InlineData("unaware-of-termination", "write_file(src/Greeter.cs) edit_file(src/Program.cs)")]
    [InlineData("disobeys-task", "write_file(OUTSIDE.md) write_file(src/Greeter.cs) edit_file(src/Program.cs) finish(complete)")]
    [InlineData("premature-termination", "")]
    public async Task Mistake_NamedInAPlanOfFaults_IsMadeByTheAgentAlone(string name, string calls)
    {
        await using var server = await SimulatorServer.StartAsync(Options with { FaultPlan = new FaultPlan().Add($"{name}=1") }, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(server.Address);

        var planned = await client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));
        var worse = await client.MessageAsync(Ask("greeter"));

        Assert.Equal(TinyScenario.Plan, (string?)planned["content"]![0]!["text"]);
        Assert.Equal(calls, Calls(worse));
        Assert.NotNull(server.Calls[^1].Mistake);
    }

    // The shipped scenario has evidence to be wrong about.
    [Theory]
    [InlineData("wrong-verification", "_ThatNobodyWrote")]
    [InlineData("missing-verification", null)]
    public async Task Mistake_OfVerification_ChangesTheEvidenceAlone(string name, string? told)
    {
        var scenario = new Scripting.ScenarioCatalogue().Open("auth");
        var task = scenario.Tasks.Single(id => id.Value == "password");
        await using var plain = await SimulatorServer.StartAsync(new(scenario) { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
        await using var server = await SimulatorServer.StartAsync(new(scenario) { Speed = double.PositiveInfinity, FaultPlan = new FaultPlan().Add(name) }, TestContext.Current.CancellationToken);
        using var plainClient = new SimulatorClient(plain.Address);
        using var client = new SimulatorClient(server.Address);

        var right = Finish(await plainClient.MessageAsync(Ask(task.Value)));
        var wrong = Finish(await client.MessageAsync(Ask(task.Value)));

        Assert.NotNull(right["evidence"]);
        Assert.Equal(told is not null, wrong.ContainsKey("evidence"));
        Assert.Contains(told ?? "", wrong.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual(right.ToJsonString(), wrong.ToJsonString());
        Assert.Equal(right["status"]!.ToJsonString(), wrong["status"]!.ToJsonString());
    }

    [Fact]
    public void OfMast_AnyShare_IsTheSumOfItsRates()
    {
        Assert.Equal(0.25, typeof(Imperfection).GetProperties().Where(rate => rate.PropertyType == typeof(double)).Sum(rate => (double)rate.GetValue(Imperfection.OfMast(0.25))!), 9);
        Assert.True(Imperfection.OfMast(1).Loop > Imperfection.OfMast(1).NoEvidence);
    }

    [Fact]
    public async Task Mistakes_OfSmallModels_LeaveLargeModelsAndPlannersAlone()
    {
        await using var server = await StartAsync(Of("EarlyStop"));
        using var client = new SimulatorClient(server.Address);

        await client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.AgentOpening("greeter")));
        await client.MessageAsync(SimulatorClient.Body(Haiku, SimulatorClient.PlannerOpening()));

        Assert.All(server.Calls, call => Assert.Null(call.Mistake));
    }

    [Fact]
    public async Task Agent_WhoMakesMistakesAtTheUsualRates_FinishesItsWork()
    {
        await using var server = await StartAsync(Imperfection.Small with { BadAnchor = 0.5, OutsideLane = 0.3, EarlyStop = 0, FalseDone = 0, BrokenCode = 0, Loop = 0 });
        using var client = new SimulatorClient(server.Address);
        var files = new Dictionary<string, string> { ["src/Program.cs"] = "// start\n" };
        var run = new SampleAgentRun(client, Haiku, "greeter", files, path => path.StartsWith("src/", StringComparison.Ordinal));

        await run.RunAsync();
        for (var told = 0; told < 8 && !files["src/Program.cs"].Contains("Greeter", StringComparison.Ordinal); told++)
            await run.FeedbackAsync("incomplete", "The edit was refused.");

        Assert.Contains(server.Calls, call => call.Mistake is not null);
        Assert.Equal("// start\nPrint(Greeter.Hello);\n", files["src/Program.cs"]);
        Assert.Equal(TinyScenario.Greeter, files["src/Greeter.cs"]);
    }

    [Fact]
    public void Profile_ThatIsShipped_NamesItsSources()
    {
        Assert.Equal((0.70, 63.0, 0.42), (LatencyProfile.Measured.Families["haiku"].FirstTokenSeconds, LatencyProfile.Measured.Families["sonnet"].TokensPerSecond, LatencyProfile.Measured.Sigma));
        Assert.Equal((0.01, 0.0), (LatencyProfile.Measured.TailRate, LatencyProfile.Smooth.TailRate));
        Assert.NotEmpty(LatencyProfile.Measured.Sources);
    }

    [Fact]
    public void Profile_ThatIsNone_IsRefused()
    {
        Tiny.Put("latency.json", "{}");

        Assert.Equal(FaultKind.Usage, Assert.Throws<PlanlaneException>(() => LatencyProfile.Load(Path.Combine(Tiny.Folder, "latency.json"))).Kind);
    }

    [Fact]
    public async Task Profile_WithATailOnEveryCall_TakesLonger()
    {
        var plain = await FirstByteAsync(LatencyProfile.Smooth);

        // Timers count whole milliseconds.
        var tailed = await FirstByteAsync(LatencyProfile.Smooth with { TailRate = 1, TailLeast = 4, TailMost = 4 });
        Assert.InRange((tailed - (plain * 4)).TotalMilliseconds, -8, 8);
    }

    private static Imperfection Of(string mistake) => mistake switch
    {
        "BadAnchor" => new() { BadAnchor = 1 },
        "BrokenCode" => new() { BrokenCode = 1 },
        "OutsideLane" => new() { OutsideLane = 1 },
        "FalseDone" => new() { FalseDone = 1 },
        "EarlyStop" => new() { EarlyStop = 1 },
        "SaysOnly" => new() { SaysOnly = 1 },
        "NoEnd" => new() { NoEnd = 1 },
        _ => new() { Loop = 1 },
    };

    private static JsonObject Finish(JsonObject message) => message["content"]!.AsArray().Single(block => (string?)block!["name"] == "finish")!["input"]!.AsObject();

    // Names and inputs, without ids.
    private static string Shown(JsonObject message) =>
        string.Join('\n', message["content"]!.AsArray().Select(block => $"{block!["name"]} {block["input"]?.ToJsonString()}{block["text"]}"));

    private static JsonObject Ask(string task) => SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening(task));

    private Task<SimulatorServer> StartAsync(Imperfection small) => SimulatorServer.StartAsync(Options with { SmallModels = small }, TestContext.Current.CancellationToken);

    private async Task<TimeSpan> FirstByteAsync(LatencyProfile profile)
    {
        var options = new SimulatorOptions(Tiny.Scenario) { TimeProvider = new LeapingTime(), Seed = 5, Latency = profile };
        await using var server = await SimulatorServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(server.Address);
        await client.StreamAsync(Ask("greeter"));
        return server.Calls.Single().FirstByteAt!.Value - server.Calls.Single().StartedAt;
    }
}
