using System.Collections.Concurrent;
using Catalog.Caching;

namespace Catalog.Tests.Caching;

public enum CacheCondition
{
    Up,
    Down,
    Hanging,
}

/// <summary>A cache without expiry that can be switched off.</summary>
public sealed class ScriptedCacheStore : ICacheStore
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _entries = new();
    private int _calls;

    public CacheCondition Condition { get; set; }

    public int Calls => Volatile.Read(ref _calls);

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        return _entries.TryGetValue(key, out var value) ? value : null;
    }

    public async Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        _entries[key] = value;
    }

    // Hanging ignores every token: the worst that a store can do.
    private Task AnswerAsync()
    {
        Interlocked.Increment(ref _calls);
        return Condition switch
        {
            CacheCondition.Up => Task.CompletedTask,
            CacheCondition.Down => Task.FromException(new CacheUnavailableException("The cache is down.")),
            _ => new TaskCompletionSource().Task,
        };
    }
}
