using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Cli.Settings;

/// <summary>Which network a source of settings gives to commands, or asks for.</summary>
/// <param name="Access">How much of it.</param>
/// <param name="Hosts">The hosts; empty unless <paramref name="Access"/> is <see cref="NetworkAccess.Hosts"/>.</param>
internal sealed record NetworkSetting(NetworkAccess Access, ValueList<string> Hosts)
{
    public const string HostRule = "A host is a name, such as registry.npmjs.org, *. and a name for all below it, or an address; with :PORT for another port than 443 and 80; no scheme or path.";

    public static NetworkSetting None { get; } = new(NetworkAccess.None, []);

    public static NetworkSetting Open { get; } = new(NetworkAccess.Open, []);

    /// <summary>Only these hosts; none is no network.</summary>
    public static NetworkSetting Only(IEnumerable<string> hosts) => hosts.Distinct().ToValueList() is { Count: > 0 } all ? new(NetworkAccess.Hosts, all) : None;

    /// <summary>A host as it is compared; null when the text is none.</summary>
    public static string? HostOf(string text) => HostPattern.Parse(text)?.ToString();

    /// <summary>As much of this as a limit allows.</summary>
    public NetworkSetting Within(NetworkSetting limit) => (Access, limit.Access) switch
    {
        (NetworkAccess.Open, _) => limit,
        (_, NetworkAccess.Open) => this,
        (NetworkAccess.Hosts, NetworkAccess.Hosts) => Only(Hosts.Where(host => Covers(limit.Hosts, host)).Concat(limit.Hosts.Where(host => Covers(Hosts, host)))),
        _ => None,
    };

    private static bool Covers(ValueList<string> patterns, string host) =>
        HostPattern.Parse(host) is { } inner && patterns.Any(text => HostPattern.Parse(text) is { } pattern && pattern.Covers(inner));
}
