using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Storefront.Products;

public sealed partial record Sku : IParsable<Sku>
{
    public const int MaxLength = 24;

    private Sku(string value) => Value = value;

    public string Value { get; }

    public static Sku Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var sku)
        ? sku
        : throw new FormatException($"'{s}' is not a stock keeping unit.");

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out Sku? result)
    {
        result = s is { Length: <= MaxLength } && Pattern().IsMatch(s) ? new Sku(s.ToUpperInvariant()) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z")]
    private static partial Regex Pattern();
}
