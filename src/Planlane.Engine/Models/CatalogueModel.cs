using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>One row of the catalogue.</summary>
/// <param name="Facts">Id, prices, limits and typical speed.</param>
/// <param name="Aliases">Other ids of the same model; the API answers with one of them.</param>
/// <param name="StructuredOutput">Whether it takes an output schema.</param>
/// <param name="Effort">Whether it takes an effort.</param>
/// <param name="Source">Where the facts were read.</param>
/// <param name="AsOf">The day on which they were read.</param>
public sealed record CatalogueModel(
    ModelFacts Facts,
    ValueList<ModelId> Aliases,
    bool StructuredOutput,
    bool Effort,
    string Source,
    DateOnly AsOf);
