namespace Catalog.Caching;

public sealed record CacheOptions
{
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many entries the memory store keeps.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>After how long a silent cache counts as failing.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many failures in a row open the circuit.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>How long an open circuit leaves the cache alone before one call tries it again.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(30);
}
