using Storefront.Pricing;
using Storefront.Products;

namespace Storefront.Tests.Pricing;

public sealed class PriceCalculatorTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly Product Pen = new(Sku.Parse("PEN-1"), "Pen", "Writing", 1.85m);

    private static readonly QuantityBreaks Breaks = new(
        "Quantity", new QuantityBreak(50, new Percentage(10)), new QuantityBreak(10, new Percentage(5)));

    private static readonly CategoryDiscount Sale = new(
        "Sale", "writing", new Percentage(20), from: Today, through: Today.AddDays(1));

    [Theory]
    [InlineData(1, 1.85)]
    [InlineData(9, 16.65)]
    [InlineData(10, 17.57)]
    [InlineData(49, 86.12)]
    [InlineData(50, 83.25)]
    public void Quote_WithQuantityBreaks_UsesLargestReached(int quantity, double total) =>
        Assert.Equal(Money.Euros((decimal)total), Quote(quantity, Today, Breaks).Total);

    [Theory]
    [InlineData(-1, 1.85)]
    [InlineData(0, 1.48)]
    [InlineData(1, 1.48)]
    [InlineData(2, 1.85)]
    public void Quote_WithCategoryDiscount_HoldsOnItsDaysOnly(int daysFromToday, double total) =>
        Assert.Equal(Money.Euros((decimal)total), Quote(1, Today.AddDays(daysFromToday), Sale).Total);

    [Fact]
    public void Quote_OtherCategory_GetsNoDiscount()
    {
        var quote = new PriceCalculator(Sale).Quote(new PriceRequest(Pen with { Category = "Paper" }, 1, Today));

        Assert.Empty(quote.Discounts);
        Assert.Equal(quote.Subtotal, quote.Total);
    }

    [Fact]
    public void Quote_TwoRules_DiscountsWhatTheFirstLeft()
    {
        var quote = Quote(10, Today, Breaks, Sale);

        Assert.Equal(Money.Euros(18.50m), quote.Subtotal);
        Assert.Equal(
            [
                new AppliedDiscount("Quantity", Money.Euros(0.93m)),
                new AppliedDiscount("Sale", Money.Euros(3.51m)),
            ],
            quote.Discounts);
        Assert.Equal(Money.Euros(14.06m), quote.Total);
    }

    [Fact]
    public void Quote_EverythingOff_IsFree() => Assert.Equal(
        Money.Euros(0),
        Quote(3, Today, new QuantityBreaks("Gift", new QuantityBreak(1, new Percentage(100))), Sale).Total);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Quote_NoQuantity_IsRefused(int quantity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Quote(quantity, Today, Breaks));

    [Theory]
    [InlineData(0.125, 0.13)]
    [InlineData(0.135, 0.14)]
    [InlineData(0.1249, 0.12)]
    public void Money_Rounded_TakesHalfACentUp(double amount, double rounded) =>
        Assert.Equal(Money.Euros((decimal)rounded), Money.Euros((decimal)amount).Rounded());

    [Fact]
    public void Money_OfTwoCurrencies_CannotBeSubtracted() =>
        Assert.Throws<InvalidOperationException>(() => Money.Euros(2) - new Money(1, "USD"));

    [Theory]
    [InlineData(-0.5)]
    [InlineData(100.5)]
    public void Percentage_OutOfRange_IsRefused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Percentage((decimal)value));

    private static PriceQuote Quote(int quantity, DateOnly on, params PriceRule[] rules) =>
        new PriceCalculator(rules).Quote(new PriceRequest(Pen, quantity, on));
}
