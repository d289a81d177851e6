using Planlane.Simulator;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;

namespace Planlane.Models;

/// <summary>What many callers of one provider do together, in virtual time: the breaker, and the buckets that the headers tell of.</summary>
[Collection(nameof(VirtualTimeTests))]
public sealed class CircuitTests : IDisposable
{
    private readonly TinyScenario _tiny = new();
    private readonly VirtualTime _time = new();
    private readonly FaultPlan _plan = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _time.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public async Task Calls_OutageThatEnds_OneGoesAheadAndTheOthersFollow()
    {
        _plan.Add("529*18");

        var (answers, calls) = await CallAsync(16, RateLimits.Start);

        Assert.All(answers, answer => Assert.Null(answer.Fault));
        // Sixteen meet the outage at once; then nobody but the one that goes ahead, and nobody is with it.
        Assert.Equal(16 + 2 + 16, calls.Count);
        Assert.All(calls.Skip(16).Take(2), probe => Assert.DoesNotContain(calls, other => other.Number != probe.Number && other.StartedAt >= probe.StartedAt && other.StartedAt < probe.EndedAt));
        Assert.Empty(calls.Check(CallRules.Once));
    }

    [Fact]
    public async Task Calls_OutageThatStays_EndsForAllWithFewCalls()
    {
        _plan.Add("529*1000");

        var (answers, calls) = await CallAsync(100, RateLimits.Start);

        Assert.All(answers, answer => Assert.Equal(ModelFault.Overloaded, answer.Fault?.Fault));
        // Each for itself would have asked five times; so four go ahead, one after another, and then it is over for all.
        Assert.Equal(100 + 4, calls.Count);
    }

    [Fact]
    public async Task Calls_KeyThatIsRevokedWhileOthersWait_EndsTheirWaitsWithoutACall()
    {
        // One is told to wait ninety seconds, the next one's key is no longer good.
        _plan.Add("429-long").Add("401");

        var begun = _time.GetUtcNow();
        await using var server = await StartAsync(RateLimits.Start);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "any"), _time);
        var caller = new ModelCaller(client, _time, new Random(1));
        var limited = new TaskCompletionSource();
        var first = FaultOf(caller.CallAsync(Request("claude-haiku-4-5", 0), activity => _ = activity is ModelActivity.Waiting && limited.TrySetResult(), Token));
        await limited.Task;
        var waiting = FaultOf(caller.CallAsync(Request("claude-haiku-4-5", 1), null, Token));
        var other = FaultOf(caller.CallAsync(Request("claude-sonnet-4-5", 2), null, Token));

        Assert.Equal([ModelFault.Authentication, ModelFault.Authentication, ModelFault.Authentication], (await Task.WhenAll(first, waiting, other)).Select(fault => fault!.Fault));
        Assert.Equal([429, 401], server.Calls.Select(call => call.Status));
        Assert.True(_time.GetUtcNow() - begun < TimeSpan.FromSeconds(90));
        Assert.Empty(server.Calls.Check(CallRules.Stops));
    }

    // Eighty callers where the headers allow far fewer: they wait, and none is refused.
    [Theory]
    [InlineData(60, 2_000_000, 400_000)]
    [InlineData(1_000, 2_000_000, 6_000)]
    public async Task Calls_MoreThanTheBucketsHold_WaitInsteadOfBeingRefused(int requests, int input, int output)
    {
        var limits = new RateLimits(requests, input, output) { Acceleration = new Acceleration(Math.Max(16, requests / 4)) };

        var (answers, calls) = await CallAsync(1, limits, then: 79);

        Assert.All(answers, answer => Assert.Null(answer.Fault));
        Assert.DoesNotContain(calls, call => call.Status == 429);
        Assert.Equal(80, calls.Count);
    }

    // No header tells of this limit, so that it is met once; then it is known.
    [Fact]
    public async Task Calls_MoreAtOnceThanAreAnswered_AreRefusedOnceAndThenKeepToIt()
    {
        var (answers, calls) = await CallAsync(32, RateLimits.Scale with { AtOnce = 8 }, then: 64);

        Assert.All(answers, answer => Assert.Null(answer.Fault));
        Assert.Equal(8, CallRules.PeakOf([.. calls.Where(call => call.Status == 200)]));
        Assert.Equal((24, 24), (calls.Count(call => call.Status == 429), calls.Take(32).Count(call => call.Status == 429)));
        Assert.Empty(calls.Check(CallRules.Spaced, CallRules.Once));
    }

    [Fact]
    public async Task Calls_LimitWithoutNotice_ComeBackInGrowingNumbers()
    {
        var (_, before) = await CallAsync(1, RateLimits.Start);
        _plan.Add("429*20");

        var (answers, calls) = await CallAsync(20, RateLimits.Start);

        Assert.Single(before);
        Assert.All(answers, answer => Assert.Null(answer.Fault));
        // After the refusals one goes ahead alone, then two, then four.
        var again = calls.Skip(20).ToList();
        Assert.Equal(20, again.Count);
        var second = again[1].FirstByteAt < again[2].FirstByteAt ? again[1] : again[2];
        Assert.True(again[1].StartedAt >= again[0].FirstByteAt && again[3].StartedAt >= second.FirstByteAt, "They came all at once.");
        Assert.Empty(calls.Check(CallRules.Spaced));
    }

    private static ModelRequest Request(string model, int number) =>
        new(new(model), 8_000, [new(ModelRole.User, [new ModelBlock.Text($"<task id=\"greeter\" agent=\"Haiku-1\">\nDo number {number}.\n</task>")])]);

    private static async Task<ModelException?> FaultOf(Task<ModelAnswer> call)
    {
        try
        {
            await call;
            return null;
        }
        catch (ModelException fault)
        {
            return fault;
        }
    }

    private Task<SimulatorServer> StartAsync(RateLimits limits) =>
        SimulatorServer.StartAsync(new SimulatorOptions(_tiny.Scenario) { TimeProvider = _time, Seed = 1, FaultPlan = _plan, RateLimits = limits }, Token);

    // So many at once, and when they have answered so many more at once.
    private async Task<(IReadOnlyList<(ModelAnswer? Answer, ModelException? Fault)> Answers, IReadOnlyList<SimulatedCall> Calls)> CallAsync(int callers, RateLimits limits, int then = 0)
    {
        await using var server = await StartAsync(limits);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "any"), _time);
        var caller = new ModelCaller(client, _time, new Random(1));
        async Task<(ModelAnswer?, ModelException?)> OneAsync(int number)
        {
            try
            {
                return (await caller.CallAsync(Request("claude-haiku-4-5", number), null, Token), null);
            }
            catch (ModelException fault)
            {
                return (null, fault);
            }
        }

        var first = await Task.WhenAll(Enumerable.Range(0, callers).Select(OneAsync));
        var later = await Task.WhenAll(Enumerable.Range(callers, then).Select(OneAsync));
        return ([.. first, .. later], server.Calls);
    }
}
