namespace Catalog.Caching;

/// <summary>Keeps entries in this process; when it is full, the least recently used one goes.</summary>
public sealed class MemoryCacheStore(CacheOptions options, TimeProvider clock) : ICacheStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    public Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return Task.FromResult(Find(key));
    }

    public Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The caller may reuse its buffer.
        var entry = new Entry(key, value.ToArray(), clock.GetTimestamp(), timeToLive);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var old))
                Remove(old);
            _entries[key] = _byUse.AddFirst(entry);
            if (_entries.Count > options.Capacity)
                Remove(_byUse.Last!);
        }

        return Task.CompletedTask;
    }

    private ReadOnlyMemory<byte>? Find(string key)
    {
        if (!_entries.TryGetValue(key, out var node))
            return null;

        if (clock.GetElapsedTime(node.Value.StoredAt) >= node.Value.TimeToLive)
        {
            Remove(node);
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Bytes;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _byUse.Remove(node);
    }

    // A monotonic timestamp: a corrected wall clock must not prolong a life.
    private sealed record Entry(string Key, byte[] Bytes, long StoredAt, TimeSpan TimeToLive);
}
