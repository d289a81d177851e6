using Planlane.Values;

namespace Planlane.Budgets;

/// <summary>What is known of a model: dated facts of the catalogue, never constants in code.</summary>
/// <param name="Id">The id that requests name.</param>
/// <param name="Family">The name that users read, such as <c>Haiku</c>.</param>
/// <param name="Prices">Prices, each with the day from which it holds.</param>
/// <param name="ContextTokens">The most input and output tokens of one request.</param>
/// <param name="MaxOutputTokens">The most output tokens of one answer.</param>
/// <param name="CacheMinimumTokens">The shortest prefix that the prompt cache takes; shorter ones are silently not cached.</param>
/// <param name="TokensPerSecond">Typical output speed, in tokens per second; for estimates only.</param>
/// <param name="FirstTokenSeconds">Typical time to the first token, in seconds; for estimates only.</param>
public sealed record ModelFacts(
    ModelId Id,
    string Family,
    ValueList<ModelPrice> Prices,
    int ContextTokens,
    int MaxOutputTokens,
    int CacheMinimumTokens,
    double TokensPerSecond,
    double FirstTokenSeconds)
{
    /// <summary>Prices of requests with long prompts, each with the day from which it holds; mostly none.</summary>
    public ValueList<LongPromptPrice> LongPrompts { get; init; } = [];

    /// <summary>What one answer costs on a day. Ask for each answer alone: the length of the prompt may pick the price.</summary>
    /// <param name="usage">The tokens of one answer.</param>
    /// <param name="day">The day (UTC) of the request.</param>
    public Cost CostOf(Usage usage, DateOnly day)
    {
        var price = PriceOn(day);
        return (LongPrompts.FirstOrDefault(row => row.Price.From == price.From && usage.TotalInput > row.Above)?.Price ?? price).Of(usage);
    }

    /// <summary>The price in force on a day; the earliest known one for days before it.</summary>
    public ModelPrice PriceOn(DateOnly day) => Prices.Where(price => price.From <= day).MaxBy(price => price.From) ?? Prices.MinBy(price => price.From)!;
}

/// <summary>A price that holds for every token of a request whose prompt is long.</summary>
/// <param name="Above">It holds for prompts of more tokens than these, cached ones included.</param>
/// <param name="Price">The price.</param>
public sealed record LongPromptPrice(int Above, ModelPrice Price);
