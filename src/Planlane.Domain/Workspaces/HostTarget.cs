using System.Globalization;

namespace Planlane.Workspaces;

/// <summary>Where a command wants to connect to.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port; 1 to 65535.</param>
public sealed record HostTarget(HostName Host, int Port)
{
    /// <summary>Reads <c>host</c> or <c>host:port</c>; null when it is neither. A user's name before an <c>@</c> is none: it makes one host look like another.</summary>
    /// <param name="text">The text.</param>
    /// <param name="port">The port where none is given; null when one must be.</param>
    public static HostTarget? Parse(string text, int? port)
    {
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            port = PortOf(text[(colon + 1)..]);
            text = text[..colon];
        }

        return port is { } number && HostName.Parse(text) is { } host ? new HostTarget(host, number) : null;
    }

    /// <summary>Reads a port; null when it is none.</summary>
    public static int? PortOf(string text) =>
        text.Length is > 0 and <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;

    /// <summary><c>host:port</c>.</summary>
    public override string ToString() => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
