using Planlane.Simulator.Faults;

namespace Planlane.Simulator;

/// <summary>Waiting, on a clock that leaps.</summary>
public sealed class TimingTests : IDisposable
{
    // Timers count whole milliseconds, so that a wait may end so much early.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);
    private readonly TinyScenario _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Speed_Twenty_TakesATwentiethOfTheTime(bool stream)
    {
        var slow = await RunAsync(1, seed: 3, stream);
        var fast = await RunAsync(20, seed: 3, stream);

        Assert.InRange((fast.Ended * 20) - slow.Ended, -Grain * 20, Grain);
        Assert.InRange((fast.FirstByte * 20) - slow.FirstByte, -Grain * 20, Grain);
        Assert.True(slow.Ended > slow.FirstByte || !stream);
    }

    [Fact]
    public async Task Seed_TheSame_WaitsTheSame()
    {
        var first = await RunAsync(1, seed: 5, stream: true);

        Assert.Equal(first, await RunAsync(1, seed: 5, stream: true));
        Assert.NotEqual(first, await RunAsync(1, seed: 6, stream: true));
    }

    [Fact]
    public async Task Stream_AndWhole_EndAtTheSameTime() =>
        Assert.InRange((await RunAsync(1, seed: 7, stream: true)).Ended - (await RunAsync(1, seed: 7, stream: false)).Ended, -Grain, Grain);

    [Fact]
    public async Task Model_OfAnotherFamily_HasItsOwnPace()
    {
        var haiku = await RunAsync(1, seed: 8, stream: false);
        var sonnet = await RunAsync(1, seed: 8, stream: false, "claude-sonnet-4-5");

        Assert.NotEqual(haiku.Ended, sonnet.Ended);
    }

    [Fact]
    public async Task Stall_InMidStream_EndsSoMuchLater()
    {
        var stall = TimeSpan.FromSeconds(20);
        var smooth = await RunAsync(1, seed: 9, stream: true);
        var stalled = await RunAsync(1, seed: 9, stream: true, plan: new FaultPlan().Next(new Fault.Stall(stall)));

        Assert.InRange(stalled.Ended - smooth.Ended - stall, -Grain, Grain);
        Assert.Equal(smooth.FirstByte, stalled.FirstByte);
    }

    private async Task<(TimeSpan FirstByte, TimeSpan Ended)> RunAsync(double speed, int seed, bool stream, string model = "claude-haiku-4-5", FaultPlan? plan = null)
    {
        var options = new SimulatorOptions(_tiny.Scenario) { Speed = speed, Seed = seed, TimeProvider = new LeapingTime(), FaultPlan = plan ?? new() };
        await using var server = await SimulatorServer.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = new SimulatorClient(server.Address);
        var body = SimulatorClient.Body(model, SimulatorClient.AgentOpening("greeter"));
        if (stream)
            await client.StreamAsync(body);
        else
            await client.MessageAsync(body);
        var call = server.Calls.Single();
        return (call.FirstByteAt!.Value - call.StartedAt, call.EndedAt!.Value - call.StartedAt);
    }
}
