using System.Text.Json.Nodes;

namespace Planlane.Simulator;

public sealed class StreamTests : SimulatorTest
{
    [Fact]
    public async Task Stream_OfAPlan_FollowsTheGrammar()
    {
        var events = await Client.StreamAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));

        Assert.Equal(
            ["message_start", "content_block_start", "ping", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
            events.Select(item => item.Name).Aggregate(new List<string>(), (names, name) => names.LastOrDefault() == name ? names : [.. names, name]));
        Assert.All(events, item => Assert.Equal(item.Name, (string?)item.Data["type"]));
        Assert.Equal(TinyScenario.Plan, string.Concat(events.Select(item => (string?)item.Data["delta"]?["text"])));
    }

    [Fact]
    public async Task Stream_Start_CarriesAnEmptyMessageWithAStubOfOutput()
    {
        var events = await Client.StreamAsync(SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));

        var message = events[0].Data["message"]!.AsObject();
        Assert.StartsWith("msg_01", (string?)message["id"], StringComparison.Ordinal);
        message.Remove("id");
        var input = (int)message["usage"]!["input_tokens"]!;
        Assert.Equal(
            """
            {"model":"claude-sonnet-4-5-20250929","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"stop_details":null,
            "usage":{"input_tokens":INPUT,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,
            "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":1,"service_tier":"standard"}}
            """.ReplaceLineEndings("").Replace("INPUT", $"{input}", StringComparison.Ordinal),
            message.ToJsonString());
    }

    [Fact]
    public async Task Stream_OfToolCalls_BeginsEachInputEmptyAndSettlesUsageAtTheEnd()
    {
        var body = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter"));
        var whole = await Client.MessageAsync(body);

        var events = await Client.StreamAsync(body);

        var blocks = events.Where(item => item.Name == "content_block_start").Select(item => item.Data["content_block"]!).ToList();
        Assert.Equal(["text", "tool_use", "tool_use", "tool_use"], blocks.Select(block => (string?)block["type"]));
        Assert.All(blocks.Skip(1), block => Assert.Equal("{}", block["input"]!.ToJsonString()));
        for (var index = 1; index < blocks.Count; index++)
        {
            var deltas = events.Where(item => item.Name == "content_block_delta" && (int)item.Data["index"]! == index).Select(item => (string)item.Data["delta"]!["partial_json"]!).ToList();
            Assert.Equal("", deltas[0]);
            Assert.Equal(whole["content"]![index]!["input"]!.ToJsonString(), JsonNode.Parse(string.Concat(deltas))!.ToJsonString());
        }

        var delta = events.Single(item => item.Name == "message_delta").Data;
        Assert.Equal("tool_use", (string?)delta["delta"]!["stop_reason"]);
        Assert.Equal(whole["usage"]!.ToJsonString(), delta["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Response_Always_CarriesRequestIdAndTwelveRateLimitHeaders()
    {
        using var response = await Client.PostAsync("/v1/messages", SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening()));

        Assert.StartsWith("req_01", response.Headers.GetValues("request-id").Single(), StringComparison.Ordinal);
        var limits = response.Headers.Where(header => header.Key.StartsWith("anthropic-ratelimit-", StringComparison.Ordinal)).ToDictionary(header => header.Key, header => header.Value.Single());
        Assert.Equal(12, limits.Count);
        Assert.Equal("1000", limits["anthropic-ratelimit-requests-limit"]);
        Assert.Equal("2000000", limits["anthropic-ratelimit-input-tokens-limit"]);
        Assert.Equal("400000", limits["anthropic-ratelimit-output-tokens-limit"]);
        Assert.All(limits.Where(limit => limit.Key.EndsWith("-reset", StringComparison.Ordinal)), limit => DateTimeOffset.Parse(limit.Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Calls_AfterAStream_TellWhatWasAskedAndAnswered()
    {
        var events = await Client.StreamAsync(SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("greeter")));

        var call = Assert.Single(Server.Calls);
        Assert.Equal(
            (CallRole.Agent, "claude-haiku-4-5-20251001", "greeter", 200, "tool_use", (long)events.Single(item => item.Name == "message_delta").Data["usage"]!["output_tokens"]!),
            (call.Role, call.Model!.Value.Value, call.Task!.Value.Value, call.Status, call.StopReason, call.Usage.Output));
        Assert.True(call.StartedAt <= call.FirstByteAt && call.FirstByteAt <= call.EndedAt);
    }
}
