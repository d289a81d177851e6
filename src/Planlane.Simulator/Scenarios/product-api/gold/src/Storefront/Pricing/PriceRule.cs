using Storefront.Products;

namespace Storefront.Pricing;

public sealed record PriceRequest(Product Product, int Quantity, DateOnly On);

public abstract class PriceRule(string name)
{
    public string Name { get; } = name;

    public abstract Percentage DiscountFor(PriceRequest request);
}
