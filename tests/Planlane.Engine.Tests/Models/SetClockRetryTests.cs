using Microsoft.Extensions.Time.Testing;

namespace Planlane.Models;

public sealed class SetClockRetryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Call_ClockIsSetByDaysWhileItWaits_WaitsAsLongAsItWasTold(int days)
    {
        await using var api = await LoopbackApi.StartAsync(
            LoopbackApi.Status(429, "rate_limit_error", "slow down", headers: ("retry-after", "90")), LoopbackApi.Stream(Sse.Hello));
        var time = new SetClock(new FakeTimeProvider(Noon));
        using var client = AnthropicModels.Connect(new ModelConnection(api.Address, "any"), time, new ModelTimeouts(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(45)));
        var waiting = new TaskCompletionSource();
        var call = new ModelCaller(client, time, new Random(1)).CallAsync(Calls.Hello, activity => _ = activity is ModelActivity.Waiting && waiting.TrySetResult(), TestContext.Current.CancellationToken);
        await waiting.Task;

        time.Set = TimeSpan.FromDays(days);
        time.Passes.Advance(TimeSpan.FromSeconds(89.9));
        Assert.False(call.IsCompleted);
        time.Passes.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(TimeSpan.FromSeconds(90), (await call).Total);
    }

    // The service's own clock says how long until its reset, whatever ours says.
    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(3)]
    public void HoldBack_OurClockIsSetWrongByDays_IsReckonedByTheServices(int days)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = Noon;
        response.Headers.Add("anthropic-ratelimit-requests-remaining", "0");
        response.Headers.Add("anthropic-ratelimit-requests-reset", Noon.AddSeconds(30).ToString("O"));

        Assert.Equal(TimeSpan.FromSeconds(3), RateLimitHeaders.HoldBack(response.Headers, new FakeTimeProvider(Noon.AddDays(days))));
    }
}
