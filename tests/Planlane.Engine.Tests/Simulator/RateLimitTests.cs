using System.Globalization;
using Planlane.Simulator.Limits;

namespace Planlane.Simulator;

public sealed class RateLimitTests : SimulatorTest
{
    private readonly LeapingTime _time = new();

    protected override SimulatorOptions Options => base.Options with { Speed = 1, TimeProvider = _time };

    [Fact]
    public async Task Requests_MoreThanTheLimit_Get429UntilRetryAfter()
    {
        await using var server = await StartAsync(new RateLimits(Requests: 2, InputTokens: 100_000, OutputTokens: 100_000));
        using var client = new SimulatorClient(server.Address);
        using var first = await AskAsync(client);
        using var second = await AskAsync(client);

        using var third = await AskAsync(client);

        Assert.Equal((200, 200, 429), ((int)first.StatusCode, (int)second.StatusCode, (int)third.StatusCode));
        Assert.Equal(["1", "0", "0"], new[] { first, second, third }.Select(response => Header(response, "anthropic-ratelimit-requests-remaining")));
        Assert.Equal("rate_limit_error", (string?)(await SimulatorClient.ReadAsync(third))["error"]!["type"]);
        _time.Advance(TimeSpan.FromSeconds(int.Parse(Header(third, "retry-after"), CultureInfo.InvariantCulture)));
        using var fourth = await AskAsync(client);
        Assert.Equal(200, (int)fourth.StatusCode);
    }

    [Fact]
    public async Task OutputTokens_UsedUp_Get429()
    {
        await using var server = await StartAsync(new RateLimits(Requests: 100, InputTokens: 100_000, OutputTokens: 20));
        using var client = new SimulatorClient(server.Address);
        using var first = await AskAsync(client);

        using var second = await AskAsync(client);

        Assert.Equal((200, 429), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal("This request would exceed the rate limit of 20 output tokens per minute.", (string?)(await SimulatorClient.ReadAsync(second))["error"]!["message"]);
    }

    [Fact]
    public async Task OtherModel_HasBucketsOfItsOwn()
    {
        await using var server = await StartAsync(new RateLimits(Requests: 1, InputTokens: 100_000, OutputTokens: 100_000));
        using var client = new SimulatorClient(server.Address);
        using var first = await AskAsync(client);

        using var second = await AskAsync(client, Sonnet);

        Assert.Equal(200, (int)second.StatusCode);
    }

    // The first call stalls in its middle until its client goes away; the clock of the other tests would leap over that.
    [Fact]
    public async Task AtOnce_OneCallMoreThanMayBeAnswered_Gets429AndIsAnsweredOnceAnotherHasEnded()
    {
        await using var server = await SimulatorServer.StartAsync(
            base.Options with { Speed = 1_000, RateLimits = RateLimits.Start with { AtOnce = 1 }, FaultPlan = new Faults.FaultPlan().Next(new Faults.Fault.Stall(TimeSpan.FromDays(7))) }, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(server.Address);
        using var slow = new HttpClient { BaseAddress = server.Address };
        slow.DefaultRequestHeaders.Add("x-api-key", "any");
        slow.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var body = SimulatorClient.Body(Haiku, SimulatorClient.AgentOpening("farewell"));
        body["stream"] = true;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        using (var open = await slow.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            using var refused = await AskAsync(client);

            Assert.Equal(429, (int)refused.StatusCode);
            Assert.Equal("1", Header(refused, "retry-after"));
            Assert.Equal("Number of concurrent connections has exceeded your rate limit.", (string?)(await SimulatorClient.ReadAsync(refused))["error"]!["message"]);
        }

        for (; server.Calls[0].EndedAt is null; TestContext.Current.CancellationToken.ThrowIfCancellationRequested())
            await Task.Yield();
        using var admitted = await AskAsync(client);
        Assert.Equal(200, (int)admitted.StatusCode);
        Assert.Equal(1, Ledgers.CallRules.PeakOf([.. server.Calls.Where(call => call.Status == 200)]));
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static Task<HttpResponseMessage> AskAsync(SimulatorClient client, string model = Haiku) =>
        client.PostAsync("/v1/messages", SimulatorClient.Body(model, SimulatorClient.AgentOpening("farewell")));

    private Task<SimulatorServer> StartAsync(RateLimits limits) =>
        SimulatorServer.StartAsync(Options with { RateLimits = limits }, TestContext.Current.CancellationToken);
}
