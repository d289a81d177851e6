using System.Text.Json;

namespace Catalog.Caching;

/// <summary>Reads values through a cache; concurrent readers of a key share one look-up and one load.</summary>
public sealed class CacheAsideReader<T>(ICacheStore store, CacheOptions options) where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Flight> _flights = [];

    /// <summary>The cached value, or the loaded one, which is then cached; null is passed on and not cached.</summary>
    /// <param name="load">Is cancelled only when every caller that waits for it has given up.</param>
    public async Task<T?> ReadAsync(string key, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Join(key, load);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private Flight Join(string key, Func<CancellationToken, Task<T?>> load)
    {
        lock (_gate)
        {
            if (!_flights.TryGetValue(key, out var flight) || flight.Result.IsCompleted)
                _flights[key] = flight = new Flight(token => FetchAsync(key, load, token));
            flight.Waiters++;
            return flight;
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiters > 0)
                return;
            // A newer flight may have taken the place of one that had landed.
            if (_flights.GetValueOrDefault(key) == flight)
                _flights.Remove(key);
        }

        flight.Abandon();
    }

    private async Task<T?> FetchAsync(string key, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(key, cancellationToken) is { } bytes && Decode(bytes) is { } cached)
            return cached;

        var loaded = await load(cancellationToken);
        if (loaded is not null)
            await store.SetAsync(key, JsonSerializer.SerializeToUtf8Bytes(loaded), options.TimeToLive, cancellationToken);
        return loaded;
    }

    // Bytes of an earlier version of T are as good as none.
    private static T? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, JsonSerializerOptions.Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Flight
    {
        // Never disposed: it has no timer, and the load may still use its token.
        private readonly CancellationTokenSource _abandoned = new();

        // The load starts on the pool, because a flight is made under the lock.
        public Flight(Func<CancellationToken, Task<T?>> fetch) => Result = Task.Run(() => fetch(_abandoned.Token));

        public Task<T?> Result { get; }

        public int Waiters { get; set; }

        public void Abandon() => _abandoned.Cancel();
    }
}
