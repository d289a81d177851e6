using System.Net;
using System.Net.Sockets;
using System.Text;
using Planlane.Budgets;
using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Pacing;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Every fault of the simulator's catalogue against the caller, in virtual time: how often it asks, how long it waits, and what comes of it.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class FaultTableTests : IDisposable
{
    private readonly TinyScenario _tiny = new();
    private readonly VirtualTime _time = new();
    private readonly FaultPlan _plan = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ModelRequest Request { get; } = new(new("claude-haiku-4-5"), 8_000, [new(ModelRole.User, [new ModelBlock.Text("<task id=\"greeter\" agent=\"Haiku-1\">\nDo it.\n</task>")])]);

    // Delays of one, two, four and eight seconds, each spread over its second half.
    private static (double, double)[] Ours { get; } = [(0.5, 1), (1, 2), (2, 4), (4, 8)];

    public void Dispose()
    {
        _time.Dispose();
        _tiny.Dispose();
    }

    // One fault, then a whole answer: the waits before the second call, in seconds.
    [Theory]
    [InlineData("408", 0.5, 1)]
    [InlineData("409", 0.5, 1)]
    [InlineData("429", 7, 7)]
    [InlineData("429-long", 90, 90)]
    [InlineData("500", 0.5, 1)]
    [InlineData("502", 0.5, 1)]
    [InlineData("504", 0.5, 1)]
    [InlineData("529", 0.5, 1)]
    [InlineData("no-answer", 0.5, 1)]
    [InlineData("reset", 0.5, 1)]
    [InlineData("cut", 0.5, 1)]
    [InlineData("stream-error", 0.5, 1)]
    public async Task Call_FaultThatPasses_IsAskedAgainAfterItsWait(string name, double least, double most)
    {
        _plan.Add(name);

        var (answer, fault, calls) = await CallAsync();

        Assert.Null(fault);
        Assert.Equal((StopReason.ToolUse, 2, 2), (answer!.Stop, answer.Tries, calls.Count));
        Assert.Equal(["write_file", "edit_file", "finish"], answer.ToolCalls.Select(call => call.Name));
        Assert.InRange(Waits(calls).Single(), least, most + 0.01);
        Assert.Empty(calls.Check(CallRules.Once, CallRules.Spaced));
        Assert.Equal(Ledger.Of(calls, Prices).Usage, answer.Usage + answer.Lost);
    }

    // The same fault at every call: how often it is asked, and whether the run pauses at the end.
    [Theory]
    [InlineData("408", ModelFault.Timeout, 5, true)]
    [InlineData("409", ModelFault.Conflict, 5, false)]
    [InlineData("500", ModelFault.ServerError, 5, true)]
    [InlineData("502", ModelFault.Gateway, 5, true)]
    [InlineData("504", ModelFault.Timeout, 5, true)]
    [InlineData("529", ModelFault.Overloaded, 5, true)]
    [InlineData("no-answer", ModelFault.Network, 5, true)]
    [InlineData("reset", ModelFault.CutStream, 3, false)]
    [InlineData("cut", ModelFault.CutStream, 3, false)]
    [InlineData("stream-error", ModelFault.Overloaded, 5, true)]
    public async Task Call_FaultThatStays_IsGivenUpAfterGrowingWaits(string name, ModelFault expected, int times, bool endsRun)
    {
        _plan.Add($"{name}*50");

        var (_, fault, calls) = await CallAsync();

        Assert.Equal((expected, endsRun, times), (fault!.Fault, fault.EndsRun, calls.Count));
        Assert.EndsWith($"({times} tries)", fault.Message, StringComparison.Ordinal);
        // Streams that break begin first, so they do not count as failures in a row: the breaker adds nothing to their waits.
        Assert.All(Waits(calls).Zip(Ours), wait => Assert.InRange(wait.First, wait.Second.Item1, wait.Second.Item2 + 0.01));
    }

    [Theory]
    [InlineData("429", 7)]
    [InlineData("429-long", 90)]
    public async Task Call_LimitThatStays_IsAskedNineTimesExactlyAsTold(string name, double seconds)
    {
        _plan.Add($"{name}*50");

        var (_, fault, calls) = await CallAsync();

        Assert.Equal((ModelFault.RateLimited, true, 9), (fault!.Fault, fault.EndsRun, calls.Count));
        Assert.All(Waits(calls), wait => Assert.InRange(wait, seconds, seconds + 0.01));
        Assert.Empty(calls.Check(CallRules.Spaced));
    }

    [Theory]
    [InlineData("401", ModelFault.Authentication)]
    [InlineData("402", ModelFault.Billing)]
    [InlineData("403", ModelFault.Permission)]
    [InlineData("spend-cap", ModelFault.SpendLimit)]
    [InlineData("own-limit", ModelFault.SpendLimit)]
    public async Task Call_TerminalAnswer_IsNeverAskedAgainByAnybody(string name, ModelFault expected)
    {
        _plan.Add(name);
        await using var server = await StartAsync();
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "any"), _time);
        var caller = new ModelCaller(client, _time, new Random(1));

        var first = await Assert.ThrowsAsync<ModelException>(() => caller.CallAsync(Request, null, Token));
        var later = await Assert.ThrowsAsync<ModelException>(() => caller.CallAsync(Request with { Model = new("claude-sonnet-4-5") }, null, Token));

        Assert.Equal((expected, true, expected, first.Message), (first.Fault, first.EndsRun, later.Fault, later.Message));
        Assert.NotNull(first.Hint);
        Assert.Single(server.Calls);
    }

    // Faults of an answer that is whole: one call, and the stop reason as it was sent.
    [Theory]
    [InlineData("refusal", StopReason.Refusal)]
    [InlineData("late-refusal", StopReason.Refusal)]
    [InlineData("pause-turn", StopReason.PauseTurn)]
    [InlineData("max-tokens", StopReason.MaxTokens)]
    [InlineData("context-exceeded", StopReason.ContextExceeded)]
    [InlineData("empty", StopReason.EndTurn)]
    [InlineData("malformed", StopReason.ToolUse)]
    [InlineData("unknown-events", StopReason.ToolUse)]
    [InlineData("small-pieces", StopReason.ToolUse)]
    public async Task Call_WholeAnswer_IsAskedOnceAndKeepsItsStop(string name, StopReason expected)
    {
        _plan.Add(name);

        var (answer, fault, calls) = await CallAsync();

        Assert.Null(fault);
        Assert.Equal((expected, 1), (answer!.Stop, calls.Count));
    }

    [Theory]
    [InlineData("slow-headers", 20)]
    [InlineData("stall-pings", 300)]
    public async Task Call_SlowAnswerThatLives_IsWaitedFor(string name, double seconds)
    {
        _plan.Add(name);

        var (answer, fault, calls) = await CallAsync();

        Assert.Null(fault);
        Assert.Equal((StopReason.ToolUse, 1), (answer!.Stop, calls.Count));
        Assert.True(answer.Total >= TimeSpan.FromSeconds(seconds), $"{answer.Total}");
    }

    [Fact]
    public async Task Call_StallWithoutPings_IsGivenUpAfterTwoMinutesAndReplayed()
    {
        _plan.Add("stall");

        var (answer, fault, calls) = await CallAsync();

        Assert.Null(fault);
        Assert.Equal((StopReason.ToolUse, 2), (answer!.Stop, calls.Count));
        var apart = (calls[1].StartedAt - calls[0].FirstByteAt!.Value).TotalSeconds;
        Assert.InRange(apart, 120, 130);
    }

    [Fact]
    public async Task Call_HostThatNobodyKnows_IsAFaultOfItsOwn()
    {
        using var client = AnthropicModels.Connect(new ModelConnection(new Uri("https://planlane.invalid"), Calls.Key), TimeProvider.System);
        var waits = new List<ModelActivity>();
        var caller = new ModelCaller(client, TimeProvider.System, new Random(1), RetryRules.Default with { FirstDelay = TimeSpan.FromMilliseconds(1) });

        var fault = await Assert.ThrowsAsync<ModelException>(() => caller.CallAsync(Calls.Hello, waits.Add, Token));

        Assert.Equal((ModelFault.UnknownHost, true, 4), (fault.Fault, fault.EndsRun, waits.OfType<ModelActivity.Waiting>().Count()));
        Assert.StartsWith("No connection to planlane.invalid: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("name server", fault.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ServerThatSpeaksNoTls_IsTriedOnceMoreAndNamed()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var answering = AnswerInPlainAsync(plain, Token);
        using var client = AnthropicModels.Connect(new ModelConnection(new Uri($"https://127.0.0.1:{((IPEndPoint)plain.LocalEndpoint).Port}"), Calls.Key), TimeProvider.System);
        var waits = new List<ModelActivity>();
        var caller = new ModelCaller(client, TimeProvider.System, new Random(1), RetryRules.Default with { FirstDelay = TimeSpan.FromMilliseconds(1) });

        var fault = await Assert.ThrowsAsync<ModelException>(() => caller.CallAsync(Calls.Hello, waits.Add, Token));
        plain.Stop();
        await answering;

        Assert.Equal((ModelFault.InsecureConnection, true, 1), (fault.Fault, fault.EndsRun, waits.OfType<ModelActivity.Waiting>().Count()));
        Assert.Contains("certificates", fault.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_PageOfAPortalWithStatus200_IsNoAnswer()
    {
        await using var calls = await Calls.StartAsync(
            async context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "<html>Please log in</html>", Token);
            },
            LoopbackApi.Stream(Sse.Hello));

        var call = calls.CallAsync();
        await calls.WaitingAsync();
        calls.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Hello", 2), ((await call).Text, calls.Api.Bodies.Length));
        Assert.Equal(ModelFault.Gateway, Assert.Single(calls.Activity.OfType<ModelActivity.Waiting>()).Fault);
    }

    [Fact]
    public void Rules_EveryFault_HasExactlyOneRow() =>
        Assert.Equal(Enum.GetValues<ModelFault>().Order(), RetryRules.Default.Rows.Select(row => row.Fault).Order());

    private static ValueList<ModelFacts> Prices { get; } = [.. ModelCatalogue.Load().Models.Select(model => model.Facts)];

    private static IEnumerable<double> Waits(IReadOnlyList<SimulatedCall> calls) => calls.Zip(calls.Skip(1), (one, next) => (next.StartedAt - one.EndedAt!.Value).TotalSeconds);

    private Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(new SimulatorOptions(_tiny.Scenario) { TimeProvider = _time, Seed = 1, FaultPlan = _plan, Prices = Prices }, Token);

    private async Task<(ModelAnswer? Answer, ModelException? Fault, IReadOnlyList<SimulatedCall> Calls)> CallAsync()
    {
        await using var server = await StartAsync();
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "any"), _time);
        try
        {
            return (await new ModelCaller(client, _time, new Random(1)).CallAsync(Request, null, Token), null, server.Calls);
        }
        catch (ModelException fault)
        {
            return (null, fault, server.Calls);
        }
    }

    private static async Task AnswerInPlainAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The test is done.
        }
    }
}
