namespace Storefront.Pricing;

public abstract class PriceRule(string name)
{
    public string Name { get; } = name;

    public abstract Percentage DiscountFor(PriceRequest request);
}
