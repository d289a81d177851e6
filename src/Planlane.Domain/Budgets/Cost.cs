using System.Globalization;

namespace Planlane.Budgets;

/// <summary>An amount of money in US dollars.</summary>
/// <param name="Usd">Dollars; exact, never rounded.</param>
public readonly record struct Cost(decimal Usd) : IComparable<Cost>
{
    /// <summary>No money.</summary>
    public static Cost Zero => default;

    /// <summary>The sum of two amounts.</summary>
    public static Cost operator +(Cost left, Cost right) => new(left.Usd + right.Usd);

    /// <summary>The difference of two amounts; may be negative.</summary>
    public static Cost operator -(Cost left, Cost right) => new(left.Usd - right.Usd);

    /// <summary>Whether the left amount is the greater one.</summary>
    public static bool operator >(Cost left, Cost right) => left.Usd > right.Usd;

    /// <summary>Whether the left amount is the smaller one.</summary>
    public static bool operator <(Cost left, Cost right) => left.Usd < right.Usd;

    /// <inheritdoc />
    public int CompareTo(Cost other) => Usd.CompareTo(other.Usd);

    /// <summary>As people read it: two decimals from ten cents on, three below, such as <c>$0.11</c> and <c>$0.004</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"${Usd.ToString(Math.Abs(Usd) >= 0.1m || Usd == 0 ? "0.00" : "0.000", CultureInfo.InvariantCulture)}");
}
