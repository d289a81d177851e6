namespace Catalog.Caching;

/// <summary>A cache of bytes, in this process or on a server; safe for concurrent use.</summary>
public interface ICacheStore
{
    /// <summary>The bytes of a key, or null when there are none or they have expired.</summary>
    /// <exception cref="CacheUnavailableException">The cache cannot answer.</exception>
    Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keeps bytes for at most the given time; a cache may forget them earlier.</summary>
    /// <exception cref="CacheUnavailableException">The cache cannot answer.</exception>
    Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken);
}

/// <summary>The cache is down; what it would have answered can still be read from the origin.</summary>
public sealed class CacheUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
