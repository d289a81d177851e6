using System.Diagnostics;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Pacing;

namespace Planlane.Simulator;

/// <summary>The clock that leaps, on real threads, processes and sockets. Alone, as the work of other tests would keep it from leaping.</summary>
[Collection(nameof(VirtualTimeTests))]
[CollectionDefinition(nameof(VirtualTimeTests), DisableParallelization = true)]
public sealed class VirtualTimeTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly VirtualTime _time = new();
    private readonly TinyScenario _tiny = new();
    private readonly DateTimeOffset _start;

    public VirtualTimeTests() => _start = _time.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TimeSpan Elapsed => _time.GetUtcNow() - _start;

    public void Dispose()
    {
        _time.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public async Task Timers_WhenAllRest_FireInOrderAtTheirTimes()
    {
        var seen = new List<(int Minutes, TimeSpan At)>();
        using (_time.Hold())
            _ = new[] { 90, 1, 30 }.Select(minutes => WaitAsync(minutes, seen)).ToList();
        await Task.Delay(Minute * 91, _time, Token);

        Assert.Equal([(1, Minute), (30, Minute * 30), (90, Minute * 90)], seen);
    }

    [Fact]
    public async Task Timer_WhileItIsHeld_DoesNotFire()
    {
        var hold = _time.Hold();
        var wait = Task.Delay(Minute, _time, Token);
        await Task.Delay(50, Token);

        Assert.Equal((false, TimeSpan.Zero), (wait.IsCompleted, Elapsed));
        hold.Dispose();
        await wait;
        Assert.Equal(Minute, Elapsed);
    }

    [Fact]
    public async Task Timer_ChangedOrDisposed_FiresAsLastPlanned()
    {
        var fired = new List<TimeSpan>();
        ITimer later;
        using (_time.Hold())
        {
            await using var dropped = _time.CreateTimer(_ => fired.Add(Elapsed), null, Minute, Timeout.InfiniteTimeSpan);
            later = _time.CreateTimer(_ => fired.Add(Elapsed), null, Minute, Timeout.InfiniteTimeSpan);
            later.Change(Minute * 2, Minute);
        }

        await Task.Delay(Minute * 4.5, _time, Token);
        await later.DisposeAsync();
        await Task.Delay(Minute * 4, _time, Token);
        Assert.Equal([Minute * 2, Minute * 3, Minute * 4], fired);
    }

    [Theory]
    [InlineData("sleep 0.2")]
    [InlineData("head -c 3000000 /dev/urandom | sha256sum")]
    public async Task Timer_WhileAChildProcessWorks_WaitsForIt(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var wait = Task.Delay(Minute, _time, Token);

        await process.WaitForExitAsync(Token);
        var atExit = Elapsed;
        await wait;

        Assert.Equal((TimeSpan.Zero, Minute), (atExit, Elapsed));
    }

    [Fact]
    public async Task Timer_WhileAChildWaitsForItsInput_Fires()
    {
        using var process = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync("asked".AsMemory(), Token);
        await process.StandardInput.FlushAsync(Token);
        var wait = Task.Delay(Minute, _time, Token);
        Assert.Equal(("asked", TimeSpan.Zero), (await process.StandardOutput.ReadLineAsync(Token), Elapsed));

        await wait;

        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        Assert.Equal(Minute, Elapsed);
    }

    [Fact]
    public async Task Timer_WhileThreadsWork_WaitsForThem()
    {
        var wait = Task.Delay(Minute, _time, Token);
        var work = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 40; i++)
                File.ReadAllBytes(typeof(object).Assembly.Location);
            return Elapsed;
        }));

        Assert.All(await Task.WhenAll(work), elapsed => Assert.Equal(TimeSpan.Zero, elapsed));
        await wait;
    }

    [Fact]
    public async Task Turns_TakenAtOneInstant_GoByTheirOrder()
    {
        var seen = new List<string>();
        using (_time.Hold())
        {
            foreach (var order in new[] { "c", "a", "b" })
                _ = TurnAsync(order, seen);
        }

        await Task.Delay(Minute, _time, Token);
        Assert.Equal(["a", "b", "c"], seen);
    }

    [Fact]
    public async Task Calls_InVirtualAndInRealTime_EndInTheSameOrder()
    {
        var real = await EndsAsync(TimeProvider.System, speed: 50);
        var leaping = await EndsAsync(_time, speed: 1);

        Assert.Equal(["farewell", "greeter-tests", "greeter"], leaping.Select(call => call.Task!.Value.Value));
        Assert.Equal(leaping.Select(call => call.Task), real.Select(call => call.Task));
    }

    // Pauses far enough apart for any machine.
    private async Task<List<SimulatedCall>> EndsAsync(TimeProvider time, double speed)
    {
        string[] tasks = ["greeter", "farewell", "greeter-tests"];
        var plan = new FaultPlan();
        foreach (var (task, seconds) in tasks.Zip([45, 15, 30]))
            plan.Next(new Fault.Stall(TimeSpan.FromSeconds(seconds)), task: new(task));
        await using var server = await SimulatorServer.StartAsync(new(_tiny.Scenario) { TimeProvider = time, Speed = speed, FaultPlan = plan }, Token);
        using var client = new SimulatorClient(server.Address);
        await Task.WhenAll(tasks.Select(task => client.StreamAsync(SimulatorClient.Body("claude-haiku-4-5", SimulatorClient.AgentOpening(task)))));
        return [.. server.Calls.OrderBy(call => call.EndedAt)];
    }

    private async Task WaitAsync(int minutes, List<(int Minutes, TimeSpan At)> seen)
    {
        await Task.Delay(Minute * minutes, _time, Token);
        seen.Add((minutes, Elapsed));
    }

    private async Task TurnAsync(string order, List<string> seen)
    {
        await _time.TurnAsync(order, Token);
        seen.Add(order);
    }
}
