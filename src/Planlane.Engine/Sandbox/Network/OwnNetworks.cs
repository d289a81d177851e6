using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Planlane.Sandbox.Network;

/// <summary>Addresses that look public and are of this machine or its neighbours: with IPv6 every machine behind a router has one, and what listens there is often meant for the house alone.</summary>
internal static class OwnNetworks
{
    // A shorter prefix would take half a provider for the neighbourhood.
    private const int ShortestPrefix = 48;

    /// <summary>Whether an address is one of this machine's own, or lies in its IPv6 network.</summary>
    public static bool Contain(IPAddress address) => Addresses().Any(own => IsNear(own.Address, own.Prefix, address));

    /// <summary>Whether an address is that of a machine or, for IPv6, lies in its network.</summary>
    public static bool IsNear(IPAddress own, int prefix, IPAddress address)
    {
        if (own.Equals(address))
            return true;
        if (own.AddressFamily is not AddressFamily.InterNetworkV6 || address.AddressFamily is not AddressFamily.InterNetworkV6 || prefix < ShortestPrefix)
            return false;
        return Enumerable.Range(0, prefix).All(bit => BitOf(own, bit) == BitOf(address, bit));
    }

    private static int BitOf(IPAddress address, int bit) => (address.GetAddressBytes()[bit / 8] >> (7 - (bit % 8))) & 1;

    private static IEnumerable<(IPAddress Address, int Prefix)> Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(own => (own.Address, own.PrefixLength))];
        }
        catch (NetworkInformationException)
        {
            // Some systems keep it to themselves; then only the registries of addresses decide.
            return [];
        }
    }
}
