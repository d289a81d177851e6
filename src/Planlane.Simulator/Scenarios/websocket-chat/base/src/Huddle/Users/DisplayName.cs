using System.Diagnostics.CodeAnalysis;

namespace Huddle.Users;

/// <summary>1 to 24 letters, digits, spaces, hyphens and underscores, trimmed.</summary>
public sealed record DisplayName : IParsable<DisplayName>
{
    private const int MaxLength = 24;

    private DisplayName(string value) => Value = value;

    public string Value { get; }

    public static DisplayName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a display name.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DisplayName result)
    {
        result = s?.Trim() is { Length: > 0 and <= MaxLength } trimmed && trimmed.All(IsAllowed) ? new DisplayName(trimmed) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_';
}
