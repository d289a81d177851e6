using System.Globalization;
using Planlane.Budgets;
using Planlane.Simulator.Limits;

namespace Planlane.Simulator;

/// <summary>The stop answers that are no ordinary rate limit, and the profiles.</summary>
public sealed class SpendAndRampTests : IDisposable
{
    private readonly TinyScenario _tiny = new();
    private readonly LeapingTime _time = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public async Task SpendCap_Reached_Gets429WithItsCodeAndNoTimeToWait()
    {
        await using var server = await StartAsync(RateLimits.Start with { SpendCap = new Cost(0.0000001m) });
        using var client = new SimulatorClient(server.Address);
        using var first = await AskAsync(client);
        using var second = await AskAsync(client);

        var error = (await SimulatorClient.ReadAsync(second))["error"]!;
        Assert.Equal((200, 429), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(("rate_limit_error", "enforced_spend_limit_reached", false), ((string?)error["type"], (string?)error["details"]!["error_code"], second.Headers.Contains("retry-after")));
        Assert.Equal([false, true], server.Calls.Select(call => call.IsTerminal));
    }

    [Fact]
    public async Task OwnLimit_Reached_Gets400InItsWords()
    {
        await using var server = await StartAsync(RateLimits.Start with { OwnLimit = new Cost(0.0000001m) });
        using var client = new SimulatorClient(server.Address);
        using var first = await AskAsync(client);
        using var second = await AskAsync(client);

        var error = (await SimulatorClient.ReadAsync(second))["error"]!;
        Assert.Equal((400, "invalid_request_error"), ((int)second.StatusCode, (string?)error["type"]));
        Assert.StartsWith("You have reached your specified API usage limits", (string?)error["message"], StringComparison.Ordinal);
        Assert.True(server.Calls[^1].IsTerminal);
    }

    [Fact]
    public async Task Acceleration_TooSteep_Gets429UntilRetryAfterThenTwiceAsMuch()
    {
        await using var server = await StartAsync(RateLimits.Start with { Acceleration = new Acceleration(2) });
        using var client = new SimulatorClient(server.Address);
        Assert.Equal([200, 200, 429], await AskAsync(client, 3));
        using var refused = await AskAsync(client);
        var wait = int.Parse(refused.Headers.GetValues("retry-after").Single(), CultureInfo.InvariantCulture);

        // So long that the second request is a minute old, too.
        _time.Advance(TimeSpan.FromSeconds(wait + 10));

        Assert.InRange(wait, 40, 60);
        Assert.Contains("acceleration", (string?)(await SimulatorClient.ReadAsync(refused))["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal([200, 200], await AskAsync(client, 2));
    }

    [Theory]
    [InlineData("start", "claude-haiku-4-5", "1000", "2000000", "400000")]
    [InlineData("build", "claude-haiku-4-5", "5000", "5000000", "1000000")]
    [InlineData("scale", "claude-haiku-4-5", "10000", "10000000", "2000000")]
    [InlineData("legacy-1", "claude-haiku-4-5", "50", "50000", "10000")]
    [InlineData("legacy-1", "claude-sonnet-4-5", "50", "30000", "8000")]
    public async Task Profile_InItsHeaders_TellsItsLimits(string profile, string model, string requests, string input, string output)
    {
        await using var server = await StartAsync(RateLimits.Profiles[profile]);
        using var client = new SimulatorClient(server.Address);
        using var response = await AskAsync(client, model);

        var told = new[] { "requests", "input-tokens", "output-tokens" }.Select(kind => response.Headers.GetValues($"anthropic-ratelimit-{kind}-limit").Single());
        Assert.Equal([requests, input, output], told);
        Assert.Equal(12, response.Headers.Count(header => header.Key.StartsWith("anthropic-ratelimit-", StringComparison.Ordinal)));
    }

    private static Task<HttpResponseMessage> AskAsync(SimulatorClient client, string model = "claude-haiku-4-5") =>
        client.PostAsync("/v1/messages", SimulatorClient.Body(model, SimulatorClient.AgentOpening("farewell")));

    private static async Task<List<int>> AskAsync(SimulatorClient client, int times)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var response = await AskAsync(client);
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    private Task<SimulatorServer> StartAsync(RateLimits limits) => SimulatorServer.StartAsync(
        new(_tiny.Scenario) { TimeProvider = _time, RateLimits = limits, Prices = [Models.ModelCatalogue.Load().Find(new("claude-haiku-4-5")).Facts] }, TestContext.Current.CancellationToken);
}
