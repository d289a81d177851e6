using System.Text.Json.Nodes;
using Planlane.Simulator.Faults;

namespace Planlane.Simulator;

public sealed class FaultPlanTests : SimulatorTest
{
    private readonly FaultPlan _plan = new();

    protected override SimulatorOptions Options => base.Options with { FaultPlan = _plan };

    [Theory]
    [InlineData(401, "authentication_error")]
    [InlineData(429, "rate_limit_error")]
    [InlineData(500, "api_error")]
    [InlineData(529, "overloaded_error")]
    public async Task Http_NextCall_GetsTheStatusAndTheOneAfterIsAnswered(int status, string type)
    {
        _plan.Next(new Fault.Http(status, RetryAfter: TimeSpan.FromSeconds(7)));

        using var refused = await Client.PostAsync("/v1/messages", Planner());
        using var answered = await Client.PostAsync("/v1/messages", Planner());

        var error = await SimulatorClient.ReadAsync(refused);
        Assert.Equal((status, type, "7", 200), ((int)refused.StatusCode, (string?)error["error"]!["type"], refused.Headers.GetValues("retry-after").Single(), (int)answered.StatusCode));
        Assert.Equal([("Http", status), (null, 200)], Server.Calls.Select(call => (call.Fault, call.Status)));
    }

    [Fact]
    public async Task Next_ForAgentsOnly_LeavesThePlannerAlone()
    {
        _plan.Next(new Fault.Http(529), calls: 2, role: CallRole.Agent);

        var statuses = new List<int>();
        foreach (var body in new[] { Planner(), Agent(), Agent(), Agent() })
        {
            using var response = await Client.PostAsync("/v1/messages", body);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 529, 529, 200], statuses);
    }

    [Fact]
    public async Task StreamError_InMidStream_EndsWithTheErrorAndNoStop()
    {
        _plan.Next(new Fault.StreamError());

        var events = await Client.StreamAsync(Planner());

        Assert.Equal(("message_start", "error"), (events[0].Name, events[^1].Name));
        Assert.Equal("overloaded_error", (string?)events[^1].Data["error"]!["type"]);
        Assert.DoesNotContain(events, item => item.Name is "message_delta" or "message_stop");
        Assert.Null(Server.Calls.Single().StopReason);
    }

    [Fact]
    public async Task CutOff_InMidStream_EndsWithoutStop()
    {
        _plan.Next(new Fault.CutOff());

        var events = await Client.StreamAsync(Agent());

        Assert.Equal("message_start", events[0].Name);
        Assert.DoesNotContain(events, item => item.Name is "message_delta" or "message_stop" or "error");
    }

    [Fact]
    public async Task Reset_InMidStream_BreaksTheConnection()
    {
        _plan.Next(new Fault.Reset());

        var fault = await Record.ExceptionAsync(() => Client.StreamAsync(Agent()));

        // Which of the two it is depends on whether the reset overtakes the first bytes.
        Assert.True(fault is IOException or HttpRequestException, $"{fault}");
    }

    [Fact]
    public async Task Refusal_HasNoContentAndItsCategory()
    {
        _plan.Next(new Fault.Refusal("bio"));

        var answer = await Client.MessageAsync(Planner());

        Assert.Equal(("[]", "refusal", "bio", 0), (answer["content"]!.ToJsonString(), (string?)answer["stop_reason"], (string?)answer["stop_details"]!["category"], (int)answer["usage"]!["output_tokens"]!));
    }

    [Fact]
    public async Task OutputLimit_CutsTheInputOfAToolCall()
    {
        _plan.Next(new Fault.OutputLimit(20));

        var events = await Client.StreamAsync(Agent());

        var delta = events.Single(item => item.Name == "message_delta").Data;
        var input = string.Concat(events.Select(item => (string?)item.Data["delta"]?["partial_json"]));
        Assert.Equal(("max_tokens", 20), ((string?)delta["delta"]!["stop_reason"], (int)delta["usage"]!["output_tokens"]!));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(input));
    }

    [Fact]
    public async Task MaxTokens_OfTheRequest_CutsTheAnswer()
    {
        var body = Planner();
        body["max_tokens"] = 10;

        var answer = await Client.MessageAsync(body);

        Assert.Equal((TinyScenario.Plan[..35], "max_tokens", 10), ((string?)answer["content"]![0]!["text"], (string?)answer["stop_reason"], (int)answer["usage"]!["output_tokens"]!));
    }

    [Fact]
    public async Task Malformed_HalvesTheText()
    {
        _plan.Next(new Fault.Malformed(), role: CallRole.Planner);

        var answer = await Client.MessageAsync(Planner());

        Assert.Equal((TinyScenario.Plan[..(TinyScenario.Plan.Length / 2)], "end_turn"), ((string?)answer["content"]![0]!["text"], (string?)answer["stop_reason"]));
    }

    [Fact]
    public async Task Says_AnswersTheGivenText()
    {
        _plan.Next(new Fault.Says("{\"version\":1}"));

        Assert.Equal("{\"version\":1}", (string?)(await Client.MessageAsync(Planner()))["content"]![0]!["text"]);
    }

    [Fact]
    public async Task Calls_AnswersTheGivenToolCalls()
    {
        _plan.Next(new Fault.Calls([new ToolCall("search", "{\"pattern\":\"x\"}")]), task: new("greeter"));

        Assert.Equal("search(x)", Calls(await Client.MessageAsync(Agent())));
    }

    [Fact]
    public async Task BadGateway_IsAPageOfAProxy()
    {
        _plan.Next(new Fault.BadGateway());

        using var response = await Client.PostAsync("/v1/messages", Planner());

        Assert.Equal((502, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    private static JsonObject Planner() => SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening());

    private static JsonObject Agent() => SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"));
}
