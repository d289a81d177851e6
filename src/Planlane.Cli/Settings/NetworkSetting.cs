using System.Net;
using System.Text.RegularExpressions;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Settings;

/// <summary>Which network a source of settings gives to commands, or asks for.</summary>
/// <param name="Access">How much of it.</param>
/// <param name="Hosts">The hosts; empty unless <paramref name="Access"/> is <see cref="NetworkAccess.Hosts"/>.</param>
internal sealed partial record NetworkSetting(NetworkAccess Access, ValueList<string> Hosts)
{
    public const string HostRule = "A host is a name, such as registry.npmjs.org, or *. and a name for all below it; no address, scheme, port or path.";

    private const int LongestName = 253;

    public static NetworkSetting None { get; } = new(NetworkAccess.None, []);

    public static NetworkSetting Open { get; } = new(NetworkAccess.Open, []);

    /// <summary>Only these hosts; none is no network.</summary>
    public static NetworkSetting Only(IEnumerable<string> hosts) => hosts.Distinct().ToValueList() is { Count: > 0 } all ? new(NetworkAccess.Hosts, all) : None;

    /// <summary>A host as it is compared; null when the text is none.</summary>
    public static string? HostOf(string text)
    {
        var host = text.Trim().ToLowerInvariant();
        return host.Length <= LongestName && HostForm().IsMatch(host) && !IPAddress.TryParse(host, out _) ? host : null;
    }

    /// <summary>As much of this as a limit allows.</summary>
    public NetworkSetting Within(NetworkSetting limit) => (Access, limit.Access) switch
    {
        (NetworkAccess.Open, _) => limit,
        (_, NetworkAccess.Open) => this,
        (NetworkAccess.Hosts, NetworkAccess.Hosts) => Only(Hosts.Where(host => Covers(limit.Hosts, host)).Concat(limit.Hosts.Where(host => Covers(Hosts, host)))),
        _ => None,
    };

    private static bool Covers(ValueList<string> patterns, string host) =>
        patterns.Any(pattern => pattern == host || (pattern[0] == '*' && host.EndsWith(pattern[1..], StringComparison.Ordinal)));

    [GeneratedRegex(@"^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostForm();
}
