namespace Storefront.Pricing;

public readonly record struct Percentage
{
    public Percentage(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
        Value = value;
    }

    public decimal Value { get; }

    public Money Of(Money money) => (money * (Value / 100)).Rounded();
}
