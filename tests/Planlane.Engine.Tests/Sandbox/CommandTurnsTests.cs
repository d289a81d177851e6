using Microsoft.Extensions.Time.Testing;
using Planlane.Reports;

namespace Planlane.Sandbox;

/// <summary>How many commands run at once.</summary>
public sealed class CommandTurnsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-turns-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Take_MoreThanThereAre_GetsAPlaceInTheOrderOfAsking()
    {
        var turns = new CommandTurns(2);
        var (first, second) = (await turns.TakeAsync(Token), await turns.TakeAsync(Token));
        var waiting = Enumerable.Range(0, 3).Select(_ => turns.TakeAsync(Token)).ToList();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);

        for (var next = 0; next < waiting.Count; next++)
        {
            (next == 0 ? first : next == 1 ? second : await waiting[0]).Dispose();
            await waiting[next];
            Assert.Equal(next + 1, waiting.Count(task => task.IsCompleted));
        }
    }

    [Fact]
    public async Task Take_Cancelled_LeavesItsPlaceToTheNext()
    {
        var turns = new CommandTurns(1);
        var held = await turns.TakeAsync(Token);
        using var source = new CancellationTokenSource();
        var (gone, next) = (turns.TakeAsync(source.Token), turns.TakeAsync(Token));

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        held.Dispose();
        held.Dispose();
        (await next).Dispose();

        // Given back once, however often it is disposed.
        var only = await turns.TakeAsync(Token);
        Assert.False(turns.TakeAsync(Token).IsCompleted);
        only.Dispose();
    }

    [Fact]
    public void Places_None_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CommandTurns(0));

    [Fact]
    public void OfMachine_Places_AreItsProcessors()
    {
        var turns = new CommandTurns(Environment.ProcessorCount);
        var taken = Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => turns.TakeAsync(Token)).ToList();

        Assert.Equal(Environment.ProcessorCount, taken.Count(task => task.IsCompleted));
        Assert.Same(CommandTurns.OfMachine, new Hosting.EngineOptions { Seed = 1, Models = () => throw new InvalidOperationException() }.Turns);
    }

    [Fact]
    public async Task Commands_ManyAtOnce_RunOneByOneWhereThereIsOnePlace()
    {
        var sandbox = new TurnSandbox(new OpenSandbox(TimeProvider.System), new CommandTurns(1));

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sandbox.RunAsync(Command("mkdir busy && ls >/dev/null && rmdir busy", TimeSpan.FromMinutes(1)), Token)));

        Assert.All(results, result => Assert.Equal((CommandEnd.Exited, 0), (result.End, result.ExitCode)));
    }

    [Fact]
    public async Task Waiting_LongerThanTheLimit_IsNotCounted()
    {
        var (time, turns) = (new FakeTimeProvider(), new CommandTurns(1));
        var held = await turns.TakeAsync(Token);
        var running = new TurnSandbox(new OpenSandbox(time), turns).RunAsync(Command("echo ran", TimeSpan.FromSeconds(1)), Token);

        time.Advance(TimeSpan.FromHours(1));
        held.Dispose();
        var result = await running;

        Assert.Equal((CommandEnd.Exited, "ran\n", 0.0), (result.End, result.Output, result.Seconds));
    }

    [Fact]
    public async Task Command_Cancelled_FreesItsPlace()
    {
        var turns = new CommandTurns(1);
        var sandbox = new TurnSandbox(new OpenSandbox(TimeProvider.System), turns);
        using var source = new CancellationTokenSource();
        var running = sandbox.RunAsync(Command("touch begun; sleep 600", TimeSpan.FromMinutes(20)), source.Token);
        while (!File.Exists(Path.Combine(_folder.FullName, "begun")) && !running.IsCompleted)
            await Task.Delay(5, Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal("next\n", (await sandbox.RunAsync(Command("echo next", TimeSpan.FromMinutes(1)), Token)).Output);
    }

    private BoxedCommand Command(string text, TimeSpan limit) => new(text, _folder.FullName, _folder.FullName, limit);
}
