using Checkout.Payments;

namespace Checkout.Tests.Payments;

public sealed class IdempotencyStoreTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);
    private static readonly IdempotencyKey Key = new("order-1");

    private readonly ManualTime _time = new();
    private readonly InMemoryIdempotencyStore _store;
    private int _runs;

    public IdempotencyStoreTests() => _store = new InMemoryIdempotencyStore(_time, Retention);

    [Fact]
    public async Task Once_SameKeyAndRequest_RunsOnce()
    {
        Assert.Equal("run 1", await OnceAsync());
        Assert.Equal("run 1", await OnceAsync());
    }

    [Fact]
    public async Task Once_SameKeyWithOtherRequest_Conflicts()
    {
        await OnceAsync(request: "charge 10");

        await Assert.ThrowsAsync<IdempotencyConflictException>(() => OnceAsync(request: "charge 20"));
    }

    [Fact]
    public async Task Once_WhileTheFirstRuns_WaitsForItsResult()
    {
        var gate = new TaskCompletionSource();
        var first = OnceAsync(until: gate.Task);
        var second = OnceAsync();
        Assert.False(second.IsCompleted);

        gate.SetResult();

        Assert.Equal("run 1", await first);
        Assert.Equal("run 1", await second);
    }

    [Fact]
    public async Task Once_TheFirstFails_OneOfThoseWhoWaitTakesOver()
    {
        var gate = new TaskCompletionSource();
        var first = OnceAsync(until: gate.Task);
        var second = OnceAsync();

        gate.SetException(new IOException("The gateway hung up."));

        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Equal("run 2", await second);
        Assert.Equal("run 2", await OnceAsync());
    }

    [Fact]
    public async Task Once_WaiterGivesUp_LeavesTheFirstAlone()
    {
        using var impatience = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var first = OnceAsync(until: gate.Task);
        var second = _store.OnceAsync(Key, "charge 10", _ => Task.FromResult("never"), impatience.Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();

        Assert.Equal("run 1", await first);
    }

    [Fact]
    public async Task Once_RetentionIsOver_RunsAgain()
    {
        await OnceAsync();
        _time.Advance(Retention - TimeSpan.FromTicks(1));
        Assert.Equal("run 1", await OnceAsync());

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("run 2", await OnceAsync());
    }

    private Task<string> OnceAsync(string request = "charge 10", Task? until = null) =>
        _store.OnceAsync(Key, request, async _ =>
        {
            var run = ++_runs;
            await (until ?? Task.CompletedTask);
            return $"run {run}";
        }, TestContext.Current.CancellationToken);
}
