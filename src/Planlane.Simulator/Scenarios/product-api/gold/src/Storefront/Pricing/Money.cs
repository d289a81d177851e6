namespace Storefront.Pricing;

public sealed record Money(decimal Amount, string Currency)
{
    public static Money Euros(decimal amount) => new(amount, "EUR");

    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    public static Money operator -(Money left, Money right) => left.Currency == right.Currency
        ? left with { Amount = left.Amount - right.Amount }
        : throw new InvalidOperationException($"{right.Currency} cannot be taken from {left.Currency}.");

    public Money Rounded() => this with { Amount = decimal.Round(Amount, 2, MidpointRounding.AwayFromZero) };
}
