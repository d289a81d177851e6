using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>One row of the catalogue.</summary>
/// <param name="Facts">Id, prices, limits and typical speed.</param>
/// <param name="Aliases">Other ids of the same model; the API answers with one of them.</param>
/// <param name="StructuredOutput">Whether it takes an output schema.</param>
/// <param name="Effort">Whether it takes an effort.</param>
/// <param name="LongPrompts">Prices of requests with long prompts, each with the day from which it holds; mostly none.</param>
/// <param name="Source">Where the facts were read.</param>
/// <param name="AsOf">The day on which they were read.</param>
public sealed record CatalogueModel(
    ModelFacts Facts,
    ValueList<ModelId> Aliases,
    bool StructuredOutput,
    bool Effort,
    ValueList<LongPromptPrice> LongPrompts,
    string Source,
    DateOnly AsOf)
{
    /// <summary>What one answer costs on a day. Ask for each answer alone: the length of the prompt may pick the price.</summary>
    /// <param name="usage">The tokens of one answer.</param>
    /// <param name="day">The day (UTC) of the request.</param>
    public Cost CostOf(Usage usage, DateOnly day)
    {
        var price = Facts.PriceOn(day);
        var prompt = LongPrompts.FirstOrDefault(row => row.Price.From == price.From && usage.TotalInput > row.Above);
        return (prompt?.Price ?? price).Of(usage);
    }
}

/// <summary>A price that holds for every token of a request whose prompt is long.</summary>
/// <param name="Above">It holds for prompts of more tokens than these, cached ones included.</param>
/// <param name="Price">The price.</param>
public sealed record LongPromptPrice(int Above, ModelPrice Price);
