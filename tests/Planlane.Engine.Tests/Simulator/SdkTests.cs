using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Planlane.Simulator;

/// <summary>The vendor's own client, unmodified, against the simulator.</summary>
public sealed class SdkTests : IAsyncLifetime
{
    private readonly TinyScenario _scenario = new();
    private SimulatorServer _server = null!;
    private AnthropicClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SimulatorServer.StartAsync(
            new(_scenario.Scenario) { Speed = double.PositiveInfinity, ApiKey = "right" }, TestContext.Current.CancellationToken);
        _client = new AnthropicClient { ApiKey = "right", BaseUrl = _server.Address.ToString() };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _scenario.Dispose();
    }

    [Fact]
    public async Task Create_PlannerRequest_GetsThePlanAndItsUsage()
    {
        var message = await _client.Messages.Create(PlannerRequest(), TestContext.Current.CancellationToken);

        var call = _server.Calls.Single();
        Assert.Equal(TinyScenario.Plan, Text(message));
        Assert.Equal(StopReason.EndTurn, message.StopReason!.Value());
        Assert.Equal((call.Usage.Input, call.Usage.Output), (message.Usage.InputTokens, message.Usage.OutputTokens));
    }

    [Fact]
    public async Task CreateStreaming_PlannerRequest_StreamsThePlan()
    {
        var text = new StringBuilder();
        StopReason? stop = null;
        await foreach (var item in _client.Messages.CreateStreaming(PlannerRequest(), TestContext.Current.CancellationToken))
        {
            if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var part))
                text.Append(part.Text);
            if (item.TryPickDelta(out var end))
                stop = end.Delta.StopReason!.Value();
        }

        Assert.Equal((TinyScenario.Plan, StopReason.EndTurn), (text.ToString(), stop));
    }

    [Fact]
    public async Task CountTokens_OfARequest_IsWhatTheRequestIsBilled()
    {
        var request = PlannerRequest();
        var count = await _client.Messages.CountTokens(new() { Model = request.Model, Messages = request.Messages.Select(message => message).ToList() }, TestContext.Current.CancellationToken);

        var message = await _client.Messages.Create(request, TestContext.Current.CancellationToken);

        Assert.Equal(message.Usage.InputTokens, count.InputTokens);
    }

    [Fact]
    public async Task Create_WithTools_GoesOnWithTheResultsOfTheCalls()
    {
        var opening = new UserMessageParam("<task id=\"greeter\" agent=\"Haiku-1\">");
        var first = await _client.Messages.Create(AgentRequest(opening), TestContext.Current.CancellationToken);
        var calls = first.Content.Select(block => block.TryPickToolUse(out var use) ? use : null).OfType<ToolUseBlock>().ToList();
        Assert.Equal(["write_file", "edit_file", "finish"], calls.Select(call => call.Name));
        Assert.Equal(TinyScenario.Greeter, calls[0].Input["content"].GetString());

        var asked = new AssistantMessageParam(calls.Select(call => (ContentBlockParam)new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = call.Input }).ToList());
        var told = new UserMessageParam(calls.Select(call => (ContentBlockParam)new ToolResultBlockParam(call.ID)
        {
            IsError = call.Name != "write_file",
            Content = call.Name == "finish" ? "<feedback kind=\"incomplete\">The edit was refused.</feedback>" : "x",
        }).ToList());
        var second = await _client.Messages.Create(AgentRequest(opening, asked, told), TestContext.Current.CancellationToken);

        Assert.Equal("read_files", second.Content.Select(block => block.TryPickToolUse(out var use) ? use.Name : null).Last());
    }

    [Fact]
    public async Task ChatClient_OverTheSdk_StreamsTheCallsOfAnAgent()
    {
        using var chat = _client.AsIChatClient("claude-haiku-4-5", defaultMaxOutputTokens: 4000);
        var updates = await chat.GetStreamingResponseAsync("<task id=\"greeter\" agent=\"Haiku-1\">", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        var calls = updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>();
        Assert.Equal(["write_file", "edit_file", "finish"], calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Models_AreListedAndFound()
    {
        var page = await _client.Models.List(cancellationToken: TestContext.Current.CancellationToken);
        var one = await _client.Models.Retrieve("claude-haiku-4-5", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(page.Items, model => model.ID == one.ID);
        Assert.Equal("claude-haiku-4-5-20251001", one.ID);
    }

    [Fact]
    public async Task Key_ThatIsNotTheOne_ThrowsTheExceptionOf401()
    {
        using var client = new AnthropicClient { ApiKey = "wrong", BaseUrl = _server.Address.ToString() };

        await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => client.Messages.Create(PlannerRequest(), TestContext.Current.CancellationToken));
    }

    private static MessageCreateParams PlannerRequest() => new()
    {
        Model = "claude-sonnet-4-5",
        MaxTokens = 4000,
        Messages = [new UserMessageParam($"<request>{TinyScenario.Request}</request>")],
    };

    private static MessageCreateParams AgentRequest(params List<MessageParam> messages) => new()
    {
        Model = "claude-haiku-4-5",
        MaxTokens = 4000,
        Messages = messages,
        Tools = [new Tool { Name = "write_file", InputSchema = new InputSchema { Properties = new Dictionary<string, JsonElement> { ["path"] = JsonSerializer.SerializeToElement(new { type = "string" }) } } }],
    };

    private static string Text(Message message) => string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));
}
