using System.Diagnostics.CodeAnalysis;

namespace Huddle.Rooms;

/// <summary>1 to 32 lower-case letters, digits and hyphens.</summary>
public sealed record RoomName : IParsable<RoomName>
{
    private const int MaxLength = 32;

    private RoomName(string value) => Value = value;

    public string Value { get; }

    public static RoomName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a room name.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out RoomName result)
    {
        result = s is { Length: > 0 and <= MaxLength } && s.All(IsAllowed) ? new RoomName(s) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    private static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-';
}
