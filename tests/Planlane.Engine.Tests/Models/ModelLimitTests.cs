using Microsoft.AspNetCore.Http;

namespace Planlane.Models;

public sealed class ModelLimitTests
{
    private static Func<HttpContext, Task> Limited(string seconds) => LoopbackApi.Status(429, "rate_limit_error", "slow down", headers: ("retry-after", seconds));

    [Fact]
    public async Task Call_RetryAfterOfNinetySeconds_WaitsAllOfThem()
    {
        await using var calls = await Calls.StartAsync(Limited("90"), LoopbackApi.Stream(Sse.Hello));

        var call = calls.CallAsync();
        await calls.WaitingAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(89.9));
        Assert.False(call.IsCompleted);
        calls.Time.Advance(TimeSpan.FromSeconds(0.1));
        var answer = await call;

        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.Zero, 2), (answer.Total, answer.FirstByte, answer.Tries));
        Assert.Equal([new ModelActivity.Sent(), new ModelActivity.Waiting(ModelFault.RateLimited, TimeSpan.FromSeconds(90))], calls.Activity[..2]);
    }

    [Fact]
    public async Task Call_LimitThatStays_FailsAfterNineTries()
    {
        await using var calls = await Calls.StartAsync([.. Enumerable.Repeat(Limited("120"), 20)]);

        var call = calls.FailAsync();
        for (var retry = 0; retry < 8; retry++)
        {
            await calls.WaitingAsync();
            calls.Time.Advance(TimeSpan.FromSeconds(120));
        }
        var fault = await call;

        Assert.Equal((ModelFault.RateLimited, TimeSpan.FromSeconds(120)), (fault.Fault, fault.RetryAfter));
        Assert.Equal(9, calls.Api.Bodies.Length);
    }

    [Fact]
    public async Task Calls_OneIsLimited_AllWaitAndOneGoesAhead()
    {
        var release = new TaskCompletionSource();
        var hello = LoopbackApi.Stream(Sse.Hello);
        await using var calls = await Calls.StartAsync(
            Limited("30"),
            async context =>
            {
                await release.Task;
                await hello(context);
            },
            hello,
            hello);

        var first = calls.CallAsync();
        await calls.WaitingAsync();
        var others = new[] { calls.CallAsync(), calls.CallAsync() };
        await calls.Api.ArrivedAsync();
        Assert.Single(calls.Api.Bodies);

        calls.Time.Advance(TimeSpan.FromSeconds(30));
        await calls.Api.ArrivedAsync();
        Assert.Equal(2, calls.Api.Bodies.Length);

        release.SetResult();
        Assert.All(await Task.WhenAll([first, .. others]), answer => Assert.Equal("Hello", answer.Text));
        Assert.Equal(4, calls.Api.Bodies.Length);
    }

    [Fact]
    public async Task Calls_TheOneAheadIsLimitedAgain_TheOthersDoNotRunIntoIt()
    {
        await using var calls = await Calls.StartAsync(
            [.. Enumerable.Repeat(Limited("30"), 4), .. Enumerable.Repeat(LoopbackApi.Stream(Sse.Hello), 3)]);

        var all = new List<Task<ModelAnswer>> { calls.CallAsync() };
        await calls.WaitingAsync();
        all.AddRange([calls.CallAsync(), calls.CallAsync()]);
        for (var opening = 0; opening < 3; opening++)
        {
            calls.Time.Advance(TimeSpan.FromSeconds(30));
            await calls.WaitingAsync();
        }
        calls.Time.Advance(TimeSpan.FromSeconds(30));

        // Four limits one after the other: a herd would have met three of them at once.
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(TimeSpan.FromSeconds(120), answer.Total));
    }

    [Fact]
    public async Task Calls_TheOneAheadFailsForGood_TheNextGoesAhead()
    {
        await using var calls = await Calls.StartAsync(
            Limited("30"), LoopbackApi.Status(400, "invalid_request_error", "no"), LoopbackApi.Stream(Sse.Hello), LoopbackApi.Stream(Sse.Hello));

        var all = new List<Task<ModelAnswer>> { calls.CallAsync() };
        await calls.WaitingAsync();
        all.AddRange([calls.CallAsync(), calls.CallAsync()]);
        calls.Time.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(all).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(2, all.Count(call => call.IsCompletedSuccessfully));
        Assert.Equal(ModelFault.BadRequest, Assert.IsType<ModelException>(all.Single(call => call.IsFaulted).Exception!.InnerException).Fault);
    }

    [Fact]
    public async Task Calls_OtherModels_DoNotWait()
    {
        await using var calls = await Calls.StartAsync(Limited("30"), LoopbackApi.Stream(Sse.Hello), LoopbackApi.Stream(Sse.Hello));

        var limited = calls.CallAsync();
        await calls.WaitingAsync();
        var other = await calls.CallAsync(Calls.Hello with { Model = new("claude-sonnet-4-5") });
        Assert.False(limited.IsCompleted);
        calls.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(("Hello", "Hello"), (other.Text, (await limited).Text));
    }

    [Fact]
    public async Task Calls_AnEmptyBucketInTheHeaders_HoldsTheNextBackForATenthOfItsReset()
    {
        var hello = LoopbackApi.Stream(Sse.Hello);
        await using var calls = await Calls.StartAsync(
            async context =>
            {
                context.Response.Headers.Date = "Mon, 23 Nov 2026 12:00:00 GMT";
                context.Response.Headers["anthropic-ratelimit-requests-remaining"] = "12";
                context.Response.Headers["anthropic-ratelimit-requests-reset"] = "2026-11-23T12:09:00Z";
                context.Response.Headers["anthropic-ratelimit-output-tokens-remaining"] = "0";
                context.Response.Headers["anthropic-ratelimit-output-tokens-reset"] = "2026-11-23T12:01:00Z";
                await hello(context);
            },
            hello);

        await calls.CallAsync();
        var next = calls.CallAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.Single(calls.Api.Bodies);
        calls.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(TimeSpan.FromSeconds(6), (await next).Total);
    }
}
