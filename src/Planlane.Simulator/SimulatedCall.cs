using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Simulator;

/// <summary>One request for a message and what it was answered with.</summary>
/// <param name="Number">Counts the requests in the order of their arrival, from 1.</param>
/// <param name="Request">The request body as it was received.</param>
/// <param name="StartedAt">When it arrived.</param>
public sealed record SimulatedCall(int Number, string Request, DateTimeOffset StartedAt)
{
    /// <summary>The model that answered; null when the request was refused before it was known.</summary>
    public ModelId? Model { get; init; }

    /// <summary>Who asked.</summary>
    public CallRole Role { get; init; }

    /// <summary>The task of the agent that asked.</summary>
    public TaskId? Task { get; init; }

    /// <summary>Which answer of its conversation was asked for, from 1; 0 when the request was refused before it was read.</summary>
    public int Turn { get; init; }

    /// <summary>The HTTP status; 0 while nothing was sent yet.</summary>
    public int Status { get; init; }

    /// <summary>The stop reason that was sent; null when the answer failed, was cut off or is not complete yet.</summary>
    public string? StopReason { get; init; }

    /// <summary>The tokens as they were told to the client; zero when there was no answer. What was cut off counts only what was told at its beginning.</summary>
    public Usage Usage { get; init; }

    /// <summary>Whether it was a request of a message batch.</summary>
    public bool IsBatched { get; init; }

    /// <summary>What it costs as a multiple of the price rows; 1 but after a <see cref="Ledgers.PriceRise"/>, and half of that in a batch.</summary>
    public decimal PriceFactor { get; init; } = 1;

    /// <summary>The fault that was injected, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>The mistake that the model made beyond its script, or null.</summary>
    public string? Mistake { get; init; }

    /// <summary>How long the client was told to wait (<c>retry-after</c>), or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the answer was one that no retry can help: a spend limit, 401, 402 or 403.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>What two requests share exactly if their prompts are equal; null when it was refused before it was read.</summary>
    public string? PromptKey { get; init; }

    /// <summary>The same for the part up to the first cache breakpoint; null when there is none.</summary>
    public string? PrefixKey { get; init; }

    /// <summary>When the first byte of the answer was sent.</summary>
    public DateTimeOffset? FirstByteAt { get; init; }

    /// <summary>When the answer was complete or given up; null while it is being sent.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether a part of the prompt was read from the cache.</summary>
    public bool IsCacheHit => Usage.CacheRead > 0;
}
