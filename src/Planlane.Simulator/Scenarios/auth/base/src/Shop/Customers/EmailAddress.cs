using System.Diagnostics.CodeAnalysis;

namespace Shop.Customers;

/// <summary>An e-mail address in lower case, so that equal addresses are equal values.</summary>
public sealed record EmailAddress
{
    private const int MaximumLength = 254;

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        var trimmed = text?.Trim() ?? "";
        var at = trimmed.IndexOf('@');
        var valid = at > 0 && at == trimmed.LastIndexOf('@') && at < trimmed.Length - 1
            && trimmed.Length <= MaximumLength && !trimmed.Any(char.IsWhiteSpace);
        address = valid ? new EmailAddress(trimmed.ToLowerInvariant()) : null;
        return valid;
    }

    public override string ToString() => Value;
}
