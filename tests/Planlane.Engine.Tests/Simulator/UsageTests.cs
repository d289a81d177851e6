using System.Text.Json.Nodes;
using Planlane.Budgets;

namespace Planlane.Simulator;

/// <summary>Tokens are counted from the bytes that were really sent.</summary>
public sealed class UsageTests : SimulatorTest
{
    private const string Tool = """{"name":"look","input_schema":{"type":"object"}}""";
    private static readonly string Shared = "<shared>" + new string('x', 20_000) + "</shared>";
    private static readonly string Brief = "<task id=\"farewell\" agent=\"Haiku-1\">é</task>";

    [Fact]
    public async Task Usage_OfAPlan_CountsTheBytesOfPromptAndAnswer()
    {
        var body = SimulatorClient.Body(Sonnet, SimulatorClient.PlannerOpening());
        body["system"] = "You plan é.";

        await Client.MessageAsync(body);

        var prompt = (string)body["messages"]![0]!["content"]!;
        Assert.Equal(
            new Usage(TokenCount.OfBytes("You plan é.".Length + 1 + prompt.Length), TokenCount.Of(TinyScenario.Plan), 0, 0),
            Server.Calls.Single().Usage);
    }

    [Fact]
    public async Task Usage_OfToolCalls_CountsNamesAndInputs()
    {
        var answer = await Client.MessageAsync(SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell")));

        var blocks = answer["content"]!.AsArray();
        var expected = TokenCount.Of((string)blocks[0]!["text"]!)
            + blocks.Skip(1).Sum(block => TokenCount.Of((string)block!["name"]! + block["input"]!.ToJsonString()));
        Assert.Equal(expected, (int)answer["usage"]!["output_tokens"]!);
    }

    [Fact]
    public async Task Usage_OfSharedContext_IsWrittenOnceThenReadWhateverTheBrief()
    {
        await Client.MessageAsync(Agent(Shared, Brief));
        await Client.MessageAsync(Agent(Shared, Brief.Replace("farewell", "greeter", StringComparison.Ordinal)));

        var shared = TokenCount.Of(Shared);
        Assert.Equal(
            [(false, new Usage(TokenCount.Of(Shared + Brief) - shared, 0, 0, shared)), (true, new Usage(TokenCount.Of(Shared + Brief) - shared, 0, shared, 0))],
            Server.Calls.Select(call => (call.IsCacheHit, call.Usage with { Output = 0 })));
    }

    [Fact]
    public async Task Usage_WhenAClientEscapesOtherwise_IsTheSamePrompt()
    {
        await Client.MessageAsync(Agent(Shared, Brief));
        using var response = await Client.PostAsync("/v1/messages", Agent(Shared, Brief).ToJsonString().Replace("<", "\\u003C", StringComparison.Ordinal));

        Assert.Equal(TokenCount.Of(Shared), Server.Calls[^1].Usage.CacheRead);
    }

    [Fact]
    public async Task Warming_WithoutOutput_WritesTheSharedPrefix()
    {
        var warming = Agent(Shared, "warm");
        warming["max_tokens"] = 0;

        var answer = await Client.MessageAsync(warming);
        await Client.MessageAsync(Agent(Shared, Brief));

        Assert.Equal(("[]", "max_tokens", 0), (answer["content"]!.ToJsonString(), (string?)answer["stop_reason"], (int)answer["usage"]!["output_tokens"]!));
        Assert.Equal([CallRole.Other, CallRole.Agent], Server.Calls.Select(call => call.Role));
        Assert.Equal([(0, TokenCount.Of(Shared)), (TokenCount.Of(Shared), 0L)], Server.Calls.Select(call => (call.Usage.CacheRead, call.Usage.CacheWrite)));
    }

    [Fact]
    public async Task ToolChoice_Changed_LosesTheMessagesButNotTheSystem()
    {
        await Client.MessageAsync(WithSystem(null));
        await Client.MessageAsync(WithSystem("any"));

        Assert.Equal(TokenCount.Of(Tool + Shared), Server.Calls[^1].Usage.CacheRead);
        Assert.Equal(Server.Calls[0].Usage.CacheWrite - TokenCount.Of(Tool + Shared), Server.Calls[^1].Usage.CacheWrite);
    }

    [Fact]
    public async Task Conversation_WithARollingBreakpoint_ReadsAllThatWasSentBefore()
    {
        var opening = Agent(Shared, Brief);
        opening["cache_control"] = Mark();
        var answer = await Client.MessageAsync(opening);
        var next = Agent(Shared, Brief);
        next["cache_control"] = Mark();
        next["messages"]!.AsArray().Add(new JsonObject { ["role"] = "assistant", ["content"] = "I think." });
        next["messages"]!.AsArray().Add(SimulatorClient.User("<feedback kind=\"incomplete\">Go on.</feedback>"));

        await Client.MessageAsync(next);

        Assert.Equal(0, (int)answer["usage"]!["input_tokens"]!);
        Assert.Equal((0, TokenCount.Of(Shared + Brief)), (Server.Calls[^1].Usage.Input, Server.Calls[^1].Usage.CacheRead));
    }

    private static JsonObject Mark() => new() { ["type"] = "ephemeral" };

    private static JsonObject Text(string text, bool marked) =>
        marked ? new() { ["type"] = "text", ["text"] = text, ["cache_control"] = Mark() } : new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Agent(string shared, string brief) => SimulatorClient.Body(
        Haiku, new JsonObject { ["role"] = "user", ["content"] = new JsonArray(Text(shared, marked: true), Text(brief, marked: false)) });

    private static JsonObject WithSystem(string? choice)
    {
        var body = SimulatorClient.Body(Haiku, new JsonObject { ["role"] = "user", ["content"] = new JsonArray(Text(Brief, marked: true)) });
        body["system"] = new JsonArray(Text(Shared, marked: true));
        body["tools"] = new JsonArray(JsonNode.Parse(Tool));
        if (choice is not null)
            body["tool_choice"] = new JsonObject { ["type"] = choice };
        return body;
    }
}
