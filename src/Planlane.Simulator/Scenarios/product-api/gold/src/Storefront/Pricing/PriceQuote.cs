using Storefront.Products;

namespace Storefront.Pricing;

public sealed record PriceRequest(Product Product, int Quantity, DateOnly On);

public sealed record AppliedDiscount(string Rule, Money Amount);

public sealed record PriceQuote(
    Money UnitPrice,
    int Quantity,
    Money Subtotal,
    IReadOnlyList<AppliedDiscount> Discounts,
    Money Total);
