namespace Storefront.Pricing;

public static class StandardPricing
{
    public static PriceCalculator Create() => new(
        new QuantityBreaks(
            "Quantity",
            new QuantityBreak(10, new Percentage(5)),
            new QuantityBreak(50, new Percentage(10)),
            new QuantityBreak(200, new Percentage(15))),
        new CategoryDiscount(
            "Back to school",
            "Writing",
            new Percentage(20),
            from: new DateOnly(2026, 8, 15),
            through: new DateOnly(2026, 9, 15)));
}
