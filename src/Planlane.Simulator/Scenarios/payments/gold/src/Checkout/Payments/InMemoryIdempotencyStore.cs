namespace Checkout.Payments;

/// <summary>Remembers a result for the retention time, counted from its completion.</summary>
public sealed class InMemoryIdempotencyStore(TimeProvider time, TimeSpan retention) : IIdempotencyStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IdempotencyKey, Entry> _entries = [];
    private readonly Queue<(IdempotencyKey Key, DateTimeOffset ExpiresAt)> _expirations = [];

    public async Task<T> OnceAsync<T>(
        IdempotencyKey key,
        object request,
        Func<CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var entry = Claim(key, request, out var isOurs);
            if (isOurs)
                return await RunAsync(key, entry, operation, cancellationToken);

            if (!entry.Request.Equals(request))
                throw new IdempotencyConflictException(key);

            if (await entry.Outcome.WaitAsync(cancellationToken) is { } result)
                return (T)result;
        }
    }

    private async Task<T> RunAsync<T>(
        IdempotencyKey key,
        Entry entry,
        Func<CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken)
        where T : class
    {
        T result;
        try
        {
            result = await operation(cancellationToken);
        }
        catch
        {
            Release(key);
            entry.Abandon();
            throw;
        }

        Retain(key);
        entry.Complete(result);
        return result;
    }

    private Entry Claim(IdempotencyKey key, object request, out bool isOurs)
    {
        lock (_gate)
        {
            Expire();
            if (_entries.TryGetValue(key, out var existing))
            {
                isOurs = false;
                return existing;
            }

            isOurs = true;
            return _entries[key] = new Entry(request);
        }
    }

    private void Release(IdempotencyKey key)
    {
        lock (_gate)
            _entries.Remove(key);
    }

    private void Retain(IdempotencyKey key)
    {
        lock (_gate)
            _expirations.Enqueue((key, time.GetUtcNow() + retention));
    }

    private void Expire()
    {
        var now = time.GetUtcNow();
        while (_expirations.TryPeek(out var oldest) && oldest.ExpiresAt <= now)
            _entries.Remove(_expirations.Dequeue().Key);
    }

    private sealed class Entry(object request)
    {
        private readonly TaskCompletionSource<object?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public object Request => request;

        /// <summary>Null when the operation failed and the key is free again.</summary>
        public Task<object?> Outcome => _outcome.Task;

        public void Complete(object result) => _outcome.SetResult(result);

        public void Abandon() => _outcome.SetResult(null);
    }
}
