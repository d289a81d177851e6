namespace Planlane.Budgets;

/// <summary>Tokens of one or more model answers, in the four kinds that are priced apart; all at least 0.</summary>
/// <param name="Input">Input tokens that were neither read from nor written to the prompt cache.</param>
/// <param name="Output">Output tokens, thinking included.</param>
/// <param name="CacheRead">Input tokens read from the prompt cache.</param>
/// <param name="CacheWrite">Input tokens written to the prompt cache for five minutes.</param>
/// <param name="CacheWriteLong">Input tokens written to the prompt cache for one hour.</param>
public readonly record struct Usage(long Input, long Output, long CacheRead, long CacheWrite, long CacheWriteLong = 0)
{
    /// <summary>All input tokens, cached or not.</summary>
    public long TotalInput => Input + CacheRead + CacheWrite + CacheWriteLong;

    /// <summary>Tokens that were processed anew: all but cache reads.</summary>
    public long Fresh => Input + CacheWrite + CacheWriteLong + Output;

    /// <summary>All tokens.</summary>
    public long Total => TotalInput + Output;

    /// <summary>The sum of two usages, kind by kind.</summary>
    public static Usage operator +(Usage left, Usage right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite,
        left.CacheWriteLong + right.CacheWriteLong);
}
