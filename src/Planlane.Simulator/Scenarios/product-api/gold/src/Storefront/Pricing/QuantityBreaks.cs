using System.Collections.Immutable;

namespace Storefront.Pricing;

public sealed record QuantityBreak(int FromQuantity, Percentage Off);

public sealed class QuantityBreaks(string name, params IEnumerable<QuantityBreak> breaks) : PriceRule(name)
{
    private readonly ImmutableArray<QuantityBreak> _largestFirst =
        [.. breaks.OrderByDescending(step => step.FromQuantity)];

    public override Percentage DiscountFor(PriceRequest request) =>
        _largestFirst.FirstOrDefault(step => request.Quantity >= step.FromQuantity)?.Off ?? default;
}
