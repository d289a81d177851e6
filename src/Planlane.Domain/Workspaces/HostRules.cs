using System.Net;
using System.Net.Sockets;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What the commands of a run may reach when only named hosts are open to them.</summary>
public static class HostRules
{
    // IANA's registries of special-purpose addresses, the IPv4 one whole; of IPv6 what lies inside the global unicast block.
    private static readonly IPNetwork[] SpecialIPv4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    // Teredo and the like (2001::/23), examples, 6to4: the last three hold or hide other addresses.
    private static readonly IPNetwork[] SpecialIPv6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(text => IPNetwork.Parse(text))];

    /// <summary>Why a target must not be reached, as the end of a sentence; null when it may, as far as its name goes.</summary>
    /// <param name="allowed">The list.</param>
    /// <param name="target">The target.</param>
    public static string? Refusal(ValueList<HostPattern> allowed, HostTarget target) =>
        allowed.Any(pattern => pattern.Matches(target)) ? null
        : allowed.Any(pattern => pattern.MatchesHost(target.Host)) ? "the host is allowed, this port of it is not"
        : target.Host.IsAddress ? "the address is not in the list of allowed hosts"
        : "it is not in the list of allowed hosts";

    /// <summary>Whether the address that an allowed name leads to may be reached: it is one of the public network, or is itself in the list.</summary>
    /// <remarks>Else whoever owns an allowed name could lead it to services of this machine, of its network, or of its cloud.</remarks>
    /// <param name="allowed">The list.</param>
    /// <param name="address">What the name leads to.</param>
    /// <param name="port">The port.</param>
    /// <param name="isOwn">Whether the address is of this machine or its network, although it looks public.</param>
    public static bool MayReach(ValueList<HostPattern> allowed, IPAddress address, int port, bool isOwn)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (IsPublic(plain) && !isOwn) || allowed.Any(pattern => pattern.Matches(new HostTarget(new HostName(plain.ToString(), IsAddress: true), port)));
    }

    /// <summary>Whether an address is one of the public network: not of this machine, of a private network, of a link, of a group, or of a cloud's metadata.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return !SpecialIPv4.Any(network => network.Contains(address));
        if (Translated.Contains(address))
            return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return GlobalIPv6.Contains(address) && !SpecialIPv6.Any(network => network.Contains(address));
    }
}
