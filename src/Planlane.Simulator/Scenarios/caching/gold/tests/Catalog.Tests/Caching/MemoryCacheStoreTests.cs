using System.Text;
using Catalog.Caching;

namespace Catalog.Tests.Caching;

public sealed class MemoryCacheStoreTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new();
    private readonly MemoryCacheStore _store;

    public MemoryCacheStoreTests() => _store = new(new CacheOptions { Capacity = 2 }, _clock);

    [Fact]
    public async Task MemoryCacheStore_TimeToLiveElapsed_ForgetsTheEntry()
    {
        await SetAsync("mug", "12.50");

        _clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal("12.50", await GetAsync("mug"));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await GetAsync("mug"));
    }

    [Fact]
    public async Task MemoryCacheStore_KeySetAgain_LivesFromThenOn()
    {
        await SetAsync("mug", "12.50");
        _clock.Advance(Minute / 2);
        await SetAsync("mug", "13.00");
        _clock.Advance(Minute / 2);

        Assert.Equal("13.00", await GetAsync("mug"));
    }

    [Fact]
    public async Task MemoryCacheStore_Full_DropsTheLeastRecentlyUsed()
    {
        await SetAsync("mug", "12.50");
        await SetAsync("pot", "34.00");
        await GetAsync("mug");
        await SetAsync("beans", "21.90");

        Assert.Equal(["12.50", null, "21.90"], [await GetAsync("mug"), await GetAsync("pot"), await GetAsync("beans")]);
    }

    [Fact]
    public async Task MemoryCacheStore_CallerReusesItsBuffer_KeepsTheFirstBytes()
    {
        var buffer = "12.50"u8.ToArray();
        await _store.SetAsync("mug", buffer, Minute, TestContext.Current.CancellationToken);
        buffer.AsSpan().Clear();

        Assert.Equal("12.50", await GetAsync("mug"));
    }

    private Task SetAsync(string key, string value) =>
        _store.SetAsync(key, Encoding.UTF8.GetBytes(value), Minute, TestContext.Current.CancellationToken);

    private async Task<string?> GetAsync(string key) =>
        await _store.GetAsync(key, TestContext.Current.CancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
