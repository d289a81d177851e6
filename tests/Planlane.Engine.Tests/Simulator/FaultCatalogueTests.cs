using Planlane.Runs;
using Planlane.Simulator.Faults;

namespace Planlane.Simulator;

/// <summary>Faults by name, by count and by rate, and those that only a stream shows.</summary>
public sealed class FaultCatalogueTests : SimulatorTest
{
    private readonly FaultPlan _plan = new();

    protected override SimulatorOptions Options => base.Options with { FaultPlan = _plan, Seed = 4 };

    [Fact]
    public async Task Words_WithCountAndWhom_MeetThoseCalls()
    {
        _plan.Add("529*2:greeter").Add("500:planner").Add("409:agent");

        var statuses = new List<int>();
        foreach (var body in new[] { Agent("farewell"), Agent("greeter"), Agent("greeter"), Agent("greeter"), SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()) })
        {
            using var response = await Client.PostAsync("/v1/messages", body);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([409, 529, 529, 200, 500], statuses);
    }

    [Fact]
    public async Task Rate_OfAQuarter_MeetsAboutThatShareAndTheSameCallsForTheSameSeed()
    {
        _plan.Add("529=0.25");
        var first = await StatusesAsync(Client, 200);
        await using var again = await SimulatorServer.StartAsync(Options with { FaultPlan = new FaultPlan().Add("529=0.25") }, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(again.Address);

        // Four standard deviations of 200 draws around 50.
        Assert.InRange(first.Count(status => status == 529), 25, 75);
        Assert.Equal(first, await StatusesAsync(client, 200));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("529=2")]
    [InlineData("529*x")]
    public void Words_ThatAreNoPlan_AreRefused(string words) => Assert.Equal(FaultKind.Usage, Assert.Throws<PlanlaneException>(() => new FaultPlan().Add(words)).Kind);

    [Theory]
    [InlineData("context-exceeded", "model_context_window_exceeded")]
    [InlineData("pause-turn", "pause_turn")]
    [InlineData("empty", "end_turn")]
    [InlineData("late-refusal", "refusal")]
    [InlineData("max-tokens", "max_tokens")]
    [InlineData("unknown-events", "tool_use")]
    [InlineData("small-pieces", "tool_use")]
    [InlineData("stall-pings", "tool_use")]
    [InlineData("slow-headers", "tool_use")]
    public async Task Stream_WithTheFault_EndsWithItsStopReason(string fault, string stop)
    {
        _plan.Add(fault);

        var events = await Client.StreamAsync(Agent("greeter"));

        Assert.Equal(("message_stop", stop), (events[^1].Name, (string?)events[^2].Data["delta"]?["stop_reason"] ?? (string?)events.Last(item => item.Name == "message_delta").Data["delta"]!["stop_reason"]));
    }

    [Fact]
    public async Task UnknownEvents_BesideTheKnownOnes_LeaveTheAnswerAsItIs()
    {
        var plain = await Client.StreamAsync(Agent("farewell"));
        _plan.Add("unknown-events");
        var strange = await Client.StreamAsync(Agent("farewell"));

        Assert.Contains(strange, item => item.Name == "message_hint");
        Assert.Equal(Said(plain), Said(strange));
    }

    [Fact]
    public async Task LateRefusal_HasWordsButNoCalls()
    {
        _plan.Add("late-refusal");

        var answer = await Client.MessageAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));

        Assert.Equal(("refusal", "cyber", "text"), ((string?)answer["stop_reason"], (string?)answer["stop_details"]!["category"], (string?)answer["content"]!.AsArray().Single()!["type"]));
    }

    [Fact]
    public async Task NoAnswer_ClosesTheConnection()
    {
        _plan.Add("no-answer");

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.PostAsync("/v1/messages", Agent("greeter")));
        Assert.Equal((0, "NoAnswer"), (Server.Calls[0].Status, Server.Calls[0].Fault));
    }

    private static string Said(List<(string Name, System.Text.Json.Nodes.JsonObject Data)> events) =>
        string.Concat(events.Where(item => item.Name == "content_block_delta").Select(item => (string?)item.Data["delta"]!["text"] ?? (string?)item.Data["delta"]!["partial_json"]));

    private static async Task<List<int>> StatusesAsync(SimulatorClient client, int calls)
    {
        var statuses = new List<int>();
        for (var i = 0; i < calls; i++)
        {
            using var response = await client.PostAsync("/v1/messages", SimulatorClient.Body(Haiku, SimulatorClient.User($"<task id=\"farewell\" agent=\"Haiku-1\">{i}</task>")));
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    private static System.Text.Json.Nodes.JsonObject Agent(string task) => SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening(task));
}
