using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Planlane.Workspaces;

/// <summary>A host as it is compared: a name in small ASCII letters without a dot at its end, or an address in its one usual form.</summary>
/// <param name="Text">The name, or the address; IPv6 without brackets.</param>
/// <param name="IsAddress">Whether it is an address.</param>
public sealed record HostName(string Text, bool IsAddress)
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Reads a host as it stands in an address of the web; null when it is none.</summary>
    /// <param name="text">A name, letters beyond ASCII allowed; an IPv4 address of four numbers; an IPv6 address in brackets.</param>
    /// <remarks>The many other spellings of an IPv4 address (<c>127.1</c>, <c>0x7f000001</c>, <c>017700000001</c>) are no host: what one reader takes for a name another takes for an address.</remarks>
    public static HostName? Parse(string text)
    {
        if (text.StartsWith('['))
            return text.EndsWith(']') ? OfAddress(text[1..^1], AddressFamily.InterNetworkV6) : null;
        if (Ascii(text) is not { } name)
            return null;
        if (name.EndsWith('.'))
            name = name[..^1];
        var labels = name.Split('.');
        return name.Length > LongestName || !labels.All(IsLabel) ? null
            : IsNumber(labels[^1]) ? OfAddress(name, AddressFamily.InterNetwork)
            : labels[^1].Contains('_') ? null
            : new HostName(name, IsAddress: false);
    }

    /// <summary>The address, where it is one.</summary>
    public IPAddress? Address => IsAddress ? IPAddress.Parse(Text) : null;

    /// <summary>It as it stands in an address of the web.</summary>
    public override string ToString() => Text.Contains(':') ? $"[{Text}]" : Text;

    private static HostName? OfAddress(string text, AddressFamily family)
    {
        if (text.Contains('%') || !IPAddress.TryParse(text, out var address) || address.AddressFamily != family)
            return null;
        if (family is AddressFamily.InterNetwork)
            return address.ToString() == text ? new HostName(text, IsAddress: true) : null;
        return new HostName((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), IsAddress: true);
    }

    private static string? Ascii(string text)
    {
        var small = text.ToLowerInvariant();
        if (small.All(char.IsAscii))
            return small;
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(small);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_');

    // What ends in a number is read as an address by some programs, in hexadecimal as well.
    private static bool IsNumber(string label) => label.All(char.IsAsciiDigit) || (label.StartsWith("0x", StringComparison.Ordinal) && label[2..].All(char.IsAsciiHexDigit));
}
