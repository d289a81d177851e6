namespace Checkout;

/// <summary>An amount in the currency's minor unit, such as cents.</summary>
public sealed record Money(long MinorUnits, string Currency)
{
    public bool IsPositive => MinorUnits > 0;

    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money left, Money right) =>
        left with { MinorUnits = checked(left.MinorUnits + left.Comparable(right)) };

    public static Money operator -(Money left, Money right) =>
        left with { MinorUnits = checked(left.MinorUnits - left.Comparable(right)) };

    public static Money operator -(Money money) => money with { MinorUnits = checked(-money.MinorUnits) };

    public static bool operator >(Money left, Money right) => left.MinorUnits > left.Comparable(right);

    public static bool operator <(Money left, Money right) => left.MinorUnits < left.Comparable(right);

    public override string ToString() => $"{MinorUnits} {Currency}";

    private long Comparable(Money other) =>
        other.Currency == Currency
            ? other.MinorUnits
            : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix.");
}
