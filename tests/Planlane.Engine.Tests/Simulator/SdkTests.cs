using Anthropic;
using Anthropic.Models.Messages;

namespace Planlane.Simulator;

/// <summary>The vendor's own client, unmodified, against the simulator.</summary>
public sealed class SdkTests : IAsyncLifetime
{
    private readonly TinyScenario _scenario = new();
    private SimulatorServer _server = null!;
    private AnthropicClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SimulatorServer.StartAsync(new(_scenario.Scenario) { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
        _client = new AnthropicClient { ApiKey = "any", BaseUrl = _server.Address.ToString() };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _scenario.Dispose();
    }

    [Fact]
    public async Task Sdk_PlannerRequest_GetsThePlan()
    {
        var message = await _client.Messages.Create(PlannerRequest(), TestContext.Current.CancellationToken);

        Assert.Equal(TinyScenario.Plan, Text(message));
    }

    private static MessageCreateParams PlannerRequest() => new()
    {
        Model = "claude-sonnet-4-5",
        MaxTokens = 4000,
        Messages = [new UserMessageParam($"<request>{TinyScenario.Request}</request>")],
    };

    private static string Text(Message message) => string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));
}
