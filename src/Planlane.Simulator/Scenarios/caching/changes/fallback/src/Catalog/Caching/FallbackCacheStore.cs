namespace Catalog.Caching;

/// <summary>Turns a cache that fails or hangs into one that holds nothing, so that its readers go on to the origin.</summary>
public sealed class FallbackCacheStore(ICacheStore inner, CacheOptions options, TimeProvider clock) : ICacheStore
{
    private readonly CacheCircuit _circuit = new(options, clock);

    /// <summary>Whether readers are sent to the origin at the moment; for health checks.</summary>
    public bool IsBypassed => _circuit.IsOpen;

    public Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) =>
        TryAsync(token => inner.GetAsync(key, token), cancellationToken);

    public Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        TryAsync(
            async token =>
            {
                await inner.SetAsync(key, value, timeToLive, token);
                return true;
            },
            cancellationToken);

    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_circuit.TryEnter())
            return default;

        using var deadline = new CancellationTokenSource(options.OperationTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // The wait ends at the deadline even if the store ignores its token.
            var answer = await operation(either.Token).WaitAsync(either.Token);
            _circuit.RecordSuccess();
            return answer;
        }
        catch (CacheUnavailableException)
        {
            _circuit.RecordFailure();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _circuit.RecordFailure();
        }

        return default;
    }
}
