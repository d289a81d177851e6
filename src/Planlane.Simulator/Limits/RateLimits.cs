using Planlane.Budgets;

namespace Planlane.Simulator.Limits;

/// <summary>How much a client may ask of each model, in token buckets that refill continuously; at higher speeds they refill as much faster.</summary>
/// <param name="Requests">Requests per minute.</param>
/// <param name="InputTokens">Input tokens per minute; those read from the cache do not count.</param>
/// <param name="OutputTokens">Output tokens per minute, counted when they were generated.</param>
public sealed record RateLimits(int Requests, int InputTokens, int OutputTokens)
{
    /// <summary>The vendor's tier "Start" of June 2026; generous for one user.</summary>
    public static RateLimits Start { get; } = new(1_000, 2_000_000, 400_000) { SpendCap = new Cost(500), Acceleration = new(250) };

    /// <summary>The vendor's tier "Build" of June 2026, with the figures for Haiku 5.5.</summary>
    public static RateLimits Build { get; } = new(5_000, 5_000_000, 1_000_000) { SpendCap = new Cost(1_000), Acceleration = new(1_250) };

    /// <summary>The vendor's tier "Scale" of June 2026, with the figures for Haiku 5.5.</summary>
    public static RateLimits Scale { get; } = new(10_000, 10_000_000, 2_000_000) { SpendCap = new Cost(200_000), Acceleration = new(2_500) };

    /// <summary>The vendor's former tier 1: tight enough to be met by a run of several agents.</summary>
    public static RateLimits LegacyTierOne { get; } = new(50, 50_000, 10_000) { SpendCap = new Cost(100), Acceleration = new(25), Larger = new(50, 30_000, 8_000) };

    /// <summary>A new account before it reaches "Start". That there is such a level is published, its figures are not: these are ours.</summary>
    public static RateLimits Evaluation { get; } = new(20, 40_000, 8_000) { SpendCap = new Cost(5), Acceleration = new(10) };

    /// <summary>The profiles by the names that the command line knows.</summary>
    public static IReadOnlyDictionary<string, RateLimits> Profiles { get; } = new Dictionary<string, RateLimits>
    {
        ["start"] = Start,
        ["build"] = Build,
        ["scale"] = Scale,
        ["legacy-1"] = LegacyTierOne,
        ["evaluation"] = Evaluation,
    };

    /// <summary>The limits of models larger than Haiku where they differ.</summary>
    public RateLimits? Larger { get; init; }

    /// <summary>How steeply requests may become more; null for as steeply as the buckets allow.</summary>
    public Acceleration? Acceleration { get; init; }

    /// <summary>How many calls may be answered at once before a further one is refused (429); null for any number.</summary>
    /// <remarks>The vendor answers so ("number of concurrent connections") and publishes no figure, so that no profile has one.</remarks>
    public int? AtOnce { get; init; }

    /// <summary>What all calls may cost before every further one is refused as beyond the tier's spend cap (429 that no waiting helps); null for no cap.</summary>
    public Cost? SpendCap { get; init; }

    /// <summary>The same for the limit that an organisation sets itself, which is refused in other words (400); null for none.</summary>
    public Cost? OwnLimit { get; init; }
}

/// <summary>A limit on steep increase: requests of a minute are refused beyond twice those of the minute before it.</summary>
/// <remarks>The vendor says that there is such a limit and gives no figures; these are ours.</remarks>
/// <param name="Free">Requests of a minute that are always allowed.</param>
public sealed record Acceleration(int Free);
