using Catalog.Caching;

namespace Catalog.Tests.Caching;

public sealed class FallbackCacheStoreTests
{
    private static readonly CacheOptions Options = new() { FailureThreshold = 2 };
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    private readonly ManualClock _clock = new();
    private readonly ScriptedCacheStore _inner = new();
    private readonly FallbackCacheStore _store;

    public FallbackCacheStoreTests() => _store = new(_inner, Options, _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FallbackCacheStore_CacheUp_PassesThrough()
    {
        await SetAsync();

        Assert.True(await HasEntryAsync());
        Assert.Equal(2, _inner.Calls);
    }

    [Fact]
    public async Task FallbackCacheStore_CacheDown_LooksEmpty()
    {
        await SetAsync();
        _inner.Condition = CacheCondition.Down;

        Assert.False(await HasEntryAsync());
        await SetAsync();
        Assert.Equal(3, _inner.Calls);
    }

    [Fact]
    public async Task FallbackCacheStore_CacheHangs_LooksEmptyAfterTheTimeout()
    {
        await SetAsync();
        _inner.Condition = CacheCondition.Hanging;

        var reading = HasEntryAsync();
        _clock.Advance(Options.OperationTimeout - Instant);
        Assert.False(reading.IsCompleted);

        _clock.Advance(Instant);
        Assert.False(await reading);
    }

    [Fact]
    public async Task FallbackCacheStore_CircuitOpen_LeavesTheCacheAlone()
    {
        await OpenCircuitAsync();
        _clock.Advance(Options.CoolDown - Instant);

        Assert.False(await HasEntryAsync());
        Assert.Equal(Options.FailureThreshold, _inner.Calls);
    }

    [Fact]
    public async Task FallbackCacheStore_GoodTrialAfterTheCoolDown_ClosesTheCircuit()
    {
        await OpenCircuitAsync();
        _inner.Condition = CacheCondition.Up;
        _clock.Advance(Options.CoolDown);

        await SetAsync();

        Assert.True(await HasEntryAsync());
    }

    [Fact]
    public async Task FallbackCacheStore_FailedTrialAfterTheCoolDown_RestsAgain()
    {
        await OpenCircuitAsync();
        _clock.Advance(Options.CoolDown);

        await HasEntryAsync();
        await HasEntryAsync();

        Assert.Equal(Options.FailureThreshold + 1, _inner.Calls);
    }

    [Fact]
    public async Task FallbackCacheStore_TrialUnderWay_AdmitsNoOther()
    {
        await OpenCircuitAsync();
        _inner.Condition = CacheCondition.Hanging;
        _clock.Advance(Options.CoolDown);

        var trial = HasEntryAsync();
        var other = HasEntryAsync();

        Assert.Equal((false, true), (trial.IsCompleted, other.IsCompleted));
        Assert.Equal(Options.FailureThreshold + 1, _inner.Calls);
    }

    [Fact]
    public async Task FallbackCacheStore_CallerCancels_IsNoFailure()
    {
        _inner.Condition = CacheCondition.Hanging;
        for (var i = 0; i < Options.FailureThreshold; i++)
        {
            using var caller = new CancellationTokenSource();
            var reading = _store.GetAsync("mug", caller.Token);
            await caller.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }

        _inner.Condition = CacheCondition.Up;
        await SetAsync();
        Assert.True(await HasEntryAsync());
    }

    private async Task OpenCircuitAsync()
    {
        _inner.Condition = CacheCondition.Down;
        for (var i = 0; i < Options.FailureThreshold; i++)
            await HasEntryAsync();
    }

    private Task SetAsync() => _store.SetAsync("mug", "12.50"u8.ToArray(), Options.TimeToLive, Cancellation);

    private async Task<bool> HasEntryAsync() => await _store.GetAsync("mug", Cancellation) is not null;
}
