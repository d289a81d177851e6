namespace Planlane.Models;

/// <summary>What an answer told of the limits of its model; null where it told nothing.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="InputTokens">Input tokens; what is read from the prompt cache does not count.</param>
/// <param name="OutputTokens">Output tokens, counted when they are generated.</param>
public sealed record ModelLimits(ModelLimit? Requests, ModelLimit? InputTokens, ModelLimit? OutputTokens);

/// <summary>One bucket that refills continuously.</summary>
/// <param name="PerMinute">What it holds when it is full, and what flows into it in a minute; more than 0.</param>
/// <param name="Remaining">What it holds now.</param>
/// <param name="FullIn">After how long it is full again if nothing more is taken, by the service's own clock, or null when that was not told.</param>
public sealed record ModelLimit(double PerMinute, double Remaining, TimeSpan? FullIn);
