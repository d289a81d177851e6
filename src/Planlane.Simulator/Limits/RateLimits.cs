namespace Planlane.Simulator.Limits;

/// <summary>How much a client may ask of each model, in token buckets that refill continuously; at higher speeds they refill as much faster.</summary>
/// <param name="Requests">Requests per minute.</param>
/// <param name="InputTokens">Input tokens per minute; those read from the cache do not count.</param>
/// <param name="OutputTokens">Output tokens per minute, counted when they were generated.</param>
public sealed record RateLimits(int Requests, int InputTokens, int OutputTokens)
{
    /// <summary>The vendor's tier "Start" of June 2026; generous for one user.</summary>
    public static RateLimits Start { get; } = new(1_000, 2_000_000, 400_000);

    /// <summary>The vendor's former tier 1 for small models: tight enough to be met by a run of several agents.</summary>
    public static RateLimits LegacyTierOne { get; } = new(50, 50_000, 10_000);
}
