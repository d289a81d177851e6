namespace Storefront.Pricing;

public sealed class CategoryDiscount(string name, string category, Percentage off, DateOnly from, DateOnly through)
    : PriceRule(name)
{
    public override Percentage DiscountFor(PriceRequest request) =>
        request.On >= from
        && request.On <= through
        && request.Product.Category.Equals(category, StringComparison.OrdinalIgnoreCase)
            ? off
            : default;
}
