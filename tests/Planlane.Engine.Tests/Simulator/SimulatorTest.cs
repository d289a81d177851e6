using System.Text.Json.Nodes;

namespace Planlane.Simulator;

/// <summary>A test with a tiny scenario and a server that does not wait.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected const string Haiku = "claude-haiku-4-5";
    protected const string Sonnet = "claude-sonnet-4-5";
    private protected TinyScenario Tiny { get; } = new();

    protected SimulatorServer Server { get; private set; } = null!;

    private protected SimulatorClient Client { get; private set; } = null!;

    protected virtual SimulatorOptions Options => new(Tiny.Scenario) { Speed = double.PositiveInfinity };

    public async ValueTask InitializeAsync()
    {
        Server = await SimulatorServer.StartAsync(Options, TestContext.Current.CancellationToken);
        Client = new SimulatorClient(Server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Tiny.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The tool calls of an answer as <c>name(first input) …</c>, for short comparisons.</summary>
    protected static string Calls(JsonObject message) => string.Join(" ", message["content"]!.AsArray().Where(block => (string?)block!["type"] == "tool_use")
        .Select(block => $"{block!["name"]}({(block["input"]!.AsObject().First().Value is JsonArray many ? many.ToJsonString() : block["input"]!.AsObject().First().Value)})"));
}
