using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Planlane.Runs;

namespace Planlane.Models;

public sealed class ModelFaultTests
{
    [Theory]
    [InlineData(400, "invalid_request_error", "max_tokens: too big", ModelFault.BadRequest)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", ModelFault.TooLarge)]
    [InlineData(400, "invalid_request_error", "You have reached your specified API usage limits.", ModelFault.SpendLimit)]
    [InlineData(400, "invalid_request_error", "You have reached your specified workspace API usage limits.", ModelFault.SpendLimit)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low to access the API.", ModelFault.Billing)]
    [InlineData(401, "authentication_error", "invalid x-api-key", ModelFault.Authentication)]
    [InlineData(402, "billing_error", "pay", ModelFault.Billing)]
    [InlineData(403, "permission_error", "no", ModelFault.Permission)]
    [InlineData(404, "not_found_error", "model: claude-x", ModelFault.NotFound)]
    [InlineData(413, "request_too_large", "big", ModelFault.TooLarge)]
    public async Task Call_AnswerThatNoRetryHelps_FailsAtOnce(int status, string type, string message, ModelFault expected)
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Status(status, type, message, headers: ("request-id", "req_7")));

        var fault = await calls.FailAsync();

        Assert.Equal(
            (expected, $"The model's API answered {status}: {message} ({type})", "req_7"),
            (fault.Fault, fault.Message, fault.RequestId));
        Assert.NotNull(fault.Hint);
        Assert.Single(calls.Api.Bodies);
    }

    [Fact]
    public async Task Call_SpendLimitAs429_IsNeverRetried()
    {
        await using var calls = await Calls.StartAsync(
            LoopbackApi.Status(429, "rate_limit_error", "limit reached", """{"error_code":"enforced_spend_limit_reached"}"""));

        Assert.Equal(ModelFault.SpendLimit, (await calls.FailAsync()).Fault);
        Assert.Single(calls.Api.Bodies);
    }

    [Theory]
    [InlineData(429, "rate_limit_error", ModelFault.RateLimited)]
    [InlineData(500, "api_error", ModelFault.ServerError)]
    [InlineData(504, "timeout_error", ModelFault.Timeout)]
    [InlineData(529, "overloaded_error", ModelFault.Overloaded)]
    public async Task Call_AnswerThatARetryMayHelp_IsRetried(int status, string type, ModelFault expected)
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Status(status, type, "later"), LoopbackApi.Stream(Sse.Hello));

        var call = calls.CallAsync();
        await calls.WaitingAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await call;

        Assert.Equal(("Hello", 2), (answer.Text, answer.Tries));
        Assert.Equal(expected, Assert.Single(calls.Activity.OfType<ModelActivity.Waiting>()).Fault);
    }

    [Fact]
    public async Task Call_OverloadThatStays_EndsAfterFiveTriesWithGrowingDelays()
    {
        await using var calls = await Calls.StartAsync([.. Enumerable.Repeat(LoopbackApi.Status(529, "overloaded_error", "Overloaded"), 9)]);

        var call = calls.FailAsync();
        for (var retry = 0; retry < 4; retry++)
        {
            await calls.WaitingAsync();
            calls.Time.Advance(TimeSpan.FromSeconds(30));
        }
        var fault = await call;

        Assert.Equal((ModelFault.Overloaded, "The model's API answered 529: Overloaded (overloaded_error) (5 tries)"), (fault.Fault, fault.Message));
        Assert.Equal(5, calls.Api.Bodies.Length);
        var delays = calls.Activity.OfType<ModelActivity.Waiting>().Select(waiting => waiting.Delay.TotalSeconds).ToList();
        Assert.All(delays.Index(), delay => Assert.InRange(delay.Item, Math.Pow(2, delay.Index) / 2, Math.Pow(2, delay.Index)));
    }

    [Fact]
    public async Task Call_PageOfAGateway_IsAServerErrorInOneLine()
    {
        await using var calls = await Calls.StartAsync([.. Enumerable.Repeat<Func<HttpContext, Task>>(
            async context =>
            {
                context.Response.StatusCode = 502;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html>\r\n\u001b[31mBad Gateway" + new string('x', 5000));
            },
            9)]);

        var call = calls.FailAsync();
        for (var retry = 0; retry < 4; retry++)
        {
            await calls.WaitingAsync();
            calls.Time.Advance(TimeSpan.FromSeconds(30));
        }
        var fault = await call;

        Assert.Equal(ModelFault.Gateway, fault.Fault);
        Assert.StartsWith("The model's API answered 502: <html> [31mBad Gatewayxx", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 600, 700);
    }

    [Fact]
    public async Task Call_ServerThatEchoesTheKey_NeverShowsIt()
    {
        await using var calls = await Calls.StartAsync(LoopbackApi.Status(401, "authentication_error", $"invalid x-api-key {Calls.Key}"));

        var fault = await calls.FailAsync();

        Assert.Equal("The model's API answered 401: invalid x-api-key [key] (authentication_error)", fault.Message);
        Assert.Equal((FaultKind.Usage, "Check ANTHROPIC_API_KEY (or ANTHROPIC_AUTH_TOKEN)."), (fault.Kind, fault.Hint));
        Assert.DoesNotContain(Calls.Key, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyListens_IsANetworkFault()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        taken.Stop();
        using var client = AnthropicModels.Connect(new ModelConnection(address, Calls.Key), TimeProvider.System);
        var caller = new ModelCaller(client, TimeProvider.System, new Random(1), RetryRules.None);

        var fault = await Assert.ThrowsAsync<ModelException>(() => caller.CallAsync(Calls.Hello, null, TestContext.Current.CancellationToken));

        Assert.Equal(ModelFault.Network, fault.Fault);
        Assert.StartsWith("No connection to 127.0.0.1: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Cancelled_EndsTheConnection()
    {
        var aborted = new TaskCompletionSource();
        await using var calls = await Calls.StartAsync(async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await context.Response.WriteAsync(Sse.Start());
            await context.Response.Body.FlushAsync();
            await aborted.Task;
        });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = calls.Caller.CallAsync(Calls.Hello, activity => CancelAtFirstByte(activity, cancel), cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await aborted.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static void CancelAtFirstByte(ModelActivity activity, CancellationTokenSource cancel)
    {
        if (activity is ModelActivity.FirstByte)
            cancel.Cancel();
    }
}
