using System.Collections.Immutable;

namespace Storefront.Pricing;

public sealed record QuantityBreak
{
    public QuantityBreak(int fromQuantity, Percentage off)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromQuantity);
        FromQuantity = fromQuantity;
        Off = off;
    }

    public int FromQuantity { get; }

    public Percentage Off { get; }
}

public sealed class QuantityBreaks(string name, params IEnumerable<QuantityBreak> breaks) : PriceRule(name)
{
    private readonly ImmutableArray<QuantityBreak> _largestFirst = LargestFirst(breaks);

    public override Percentage DiscountFor(PriceRequest request) =>
        _largestFirst.FirstOrDefault(step => request.Quantity >= step.FromQuantity)?.Off ?? default;

    private static ImmutableArray<QuantityBreak> LargestFirst(IEnumerable<QuantityBreak> breaks)
    {
        ImmutableArray<QuantityBreak> ordered = [.. breaks.OrderByDescending(step => step.FromQuantity)];
        return ordered.DistinctBy(step => step.FromQuantity).Count() == ordered.Length
            ? ordered
            : throw new ArgumentException("Two breaks start at the same quantity.", nameof(breaks));
    }
}
