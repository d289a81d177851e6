namespace Planlane.Budgets;

/// <summary>What a model costs from a day on, in US dollars per million tokens of each kind.</summary>
/// <param name="From">The first day (UTC) on which the prices hold.</param>
/// <param name="Input">Uncached input.</param>
/// <param name="Output">Output.</param>
/// <param name="CacheRead">Input read from the prompt cache.</param>
/// <param name="CacheWrite">Input written to the prompt cache for five minutes.</param>
/// <param name="CacheWriteLong">Input written to the prompt cache for one hour.</param>
public sealed record ModelPrice(DateOnly From, decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite, decimal CacheWriteLong)
{
    private const decimal PerMillion = 1_000_000m;

    /// <summary>What a usage costs: the sum over the kinds of tokens × price.</summary>
    public Cost Of(Usage usage) => new(
        ((usage.Input * Input) + (usage.Output * Output) + (usage.CacheRead * CacheRead)
            + (usage.CacheWrite * CacheWrite) + (usage.CacheWriteLong * CacheWriteLong)) / PerMillion);
}
