using Catalog.Caching;
using Catalog.Products;

namespace Catalog.Tests.Caching;

public sealed class CacheAsideReaderTests
{
    private static readonly Product Mug = new("MUG-01", "Enamel mug", 12.50m);

    private readonly ScriptedCacheStore _store = new();
    private readonly CacheAsideReader<Product> _reader;
    private int _loads;

    public CacheAsideReaderTests() => _reader = new(_store, new CacheOptions());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CacheAsideReader_SecondRead_ComesFromTheCache()
    {
        Product?[] read = [await ReadAsync(Mug), await ReadAsync(null)];

        Assert.Equal([Mug, Mug], read);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task CacheAsideReader_NothingLoaded_IsNotCached()
    {
        Product?[] read = [await ReadAsync(null), await ReadAsync(Mug)];

        Assert.Equal([null, Mug], read);
        Assert.Equal((2, 3), (_loads, _store.Calls));
    }

    [Fact]
    public async Task CacheAsideReader_TwentyConcurrentReads_LoadOnce()
    {
        var origin = new TaskCompletionSource<Product?>();
        var reads = Enumerable.Range(0, 20).Select(_ => ReadAsync(origin.Task, Cancellation)).ToList();

        origin.SetResult(Mug);

        Assert.All(await Task.WhenAll(reads), product => Assert.Equal(Mug, product));
        Assert.Equal((1, 2), (_loads, _store.Calls));
    }

    [Fact]
    public async Task CacheAsideReader_FailedLoad_IsTriedAgain()
    {
        var broken = Task.FromException<Product?>(new IOException("The feed is gone."));

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(broken, Cancellation));

        Assert.Equal(Mug, await ReadAsync(Mug));
    }

    [Fact]
    public async Task CacheAsideReader_UnreadableBytes_AreReplaced()
    {
        await _store.SetAsync("mug", """{"Code":1}"""u8.ToArray(), TimeSpan.MaxValue, Cancellation);

        Product?[] read = [await ReadAsync(Mug), await ReadAsync(null)];

        Assert.Equal([Mug, Mug], read);
    }

    [Fact]
    public async Task CacheAsideReader_OneCallerCancels_TheOthersGetTheValue()
    {
        var origin = new TaskCompletionSource<Product?>();
        using var impatient = new CancellationTokenSource();
        var leaving = ReadAsync(origin.Task, impatient.Token);
        var staying = ReadAsync(origin.Task, Cancellation);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        origin.SetResult(Mug);

        Assert.Equal(Mug, await staying);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task CacheAsideReader_EveryCallerCancels_EndsTheLoad()
    {
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var leaving = _reader.ReadAsync("mug", LoadUntilCancelledAsync, impatient.Token);
        await started.Task.WaitAsync(Cancellation);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.True(ended.Task.IsCompleted);

        async Task<Product?> LoadUntilCancelledAsync(CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(ended.SetResult);
            started.SetResult();
            await ended.Task;
            return null;
        }
    }

    private Task<Product?> ReadAsync(Product? origin) => ReadAsync(Task.FromResult(origin), Cancellation);

    private Task<Product?> ReadAsync(Task<Product?> origin, CancellationToken cancellationToken) =>
        _reader.ReadAsync(
            "mug",
            token =>
            {
                Interlocked.Increment(ref _loads);
                return origin.WaitAsync(token);
            },
            cancellationToken);
}
