namespace Storefront.Pricing;

public sealed class PriceCalculator(params IReadOnlyList<PriceRule> rules)
{
    public PriceQuote Quote(PriceRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Quantity);
        var unitPrice = Money.Euros(request.Product.ListPrice);
        var subtotal = (unitPrice * request.Quantity).Rounded();
        var total = subtotal;
        var discounts = new List<AppliedDiscount>();

        // Each rule takes its share of what the rules before it left, so the total never falls below zero.
        foreach (var rule in rules)
        {
            var amount = rule.DiscountFor(request).Of(total);
            if (amount.Amount > 0)
            {
                discounts.Add(new AppliedDiscount(rule.Name, amount.Amount));
                total -= amount;
            }
        }

        return new PriceQuote(unitPrice, request.Quantity, subtotal, discounts, total);
    }
}
