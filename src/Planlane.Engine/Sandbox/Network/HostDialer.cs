using System.Net;
using System.Net.Sockets;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

/// <summary>Connects to targets that the list allows, and to no other: the address that is connected to is the one that was judged.</summary>
/// <param name="allowed">The list.</param>
/// <param name="resolve">What a name leads to.</param>
/// <param name="isOwn">Whether an address is of this machine or its network.</param>
/// <param name="time">Limits each try.</param>
internal sealed class HostDialer(ValueList<HostPattern> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPAddress, bool> isOwn, TimeProvider time)
{
    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(10);

    // A name with hundreds of addresses is not tried for an hour.
    private const int MostTries = 4;

    /// <summary>Connects.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<DialOutcome> DialAsync(HostTarget target, CancellationToken cancellationToken)
    {
        if (HostRules.Refusal(allowed, target) is { } refusal)
            return new DialOutcome.Refused(refusal);
        IPAddress[] addresses;
        try
        {
            addresses = target.Host.Address is { } literal ? [literal] : await resolve(target.Host.Text, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            addresses = [];
        }

        if (addresses.Length == 0)
            return new DialOutcome.Failed($"{target.Host} was not found");
        var reachable = Mixed(addresses.Where(address => HostRules.MayReach(allowed, address, target.Port, isOwn(address)))).Take(MostTries).ToList();
        if (reachable.Count == 0)
            return new DialOutcome.Refused($"it leads to {Plain(addresses[0])}, an address of this machine, of a private network or of none, which is not in the list of allowed hosts itself");
        return await ConnectAsync(reachable, target, cancellationToken).ConfigureAwait(false);
    }

    // One of each family after another: a machine may have only one of them.
    private static IEnumerable<IPAddress> Mixed(IEnumerable<IPAddress> addresses) =>
        addresses.GroupBy(address => address.AddressFamily).SelectMany(family => family.Select((address, place) => (address, place))).OrderBy(item => item.place).Select(item => item.address);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private async Task<DialOutcome> ConnectAsync(List<IPAddress> addresses, HostTarget target, CancellationToken cancellationToken)
    {
        foreach (var address in addresses)
        {
            using var timer = new CancellationTokenSource(TryLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), either.Token).ConfigureAwait(false);
                return new DialOutcome.Connected(socket);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                socket?.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return new DialOutcome.Failed($"{target} does not answer");
    }
}

/// <summary>What came of connecting.</summary>
internal abstract record DialOutcome
{
    private DialOutcome()
    {
    }

    /// <summary>It is connected; the socket is the caller's.</summary>
    internal sealed record Connected(Socket Socket) : DialOutcome;

    /// <summary>The list forbids it; the reason ends a sentence.</summary>
    internal sealed record Refused(string Reason) : DialOutcome;

    /// <summary>It is allowed and did not work.</summary>
    internal sealed record Failed(string Reason) : DialOutcome;
}
