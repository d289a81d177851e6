using System.Net;
using System.Net.Sockets;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

public sealed class HostDialerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    public async Task Dial_AllowedNameThatLeadsInside_IsRefusedWithTheAddress(string address)
    {
        var outcome = await DialAsync(["a.org"], "a.org:80", _ => [IPAddress.Parse(address)]);

        var refused = Assert.IsType<DialOutcome.Refused>(outcome);
        Assert.StartsWith($"it leads to {address.Replace("::ffff:", "", StringComparison.Ordinal)}, an address of this machine", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_NameThatLeadsToAListedAddress_ConnectsToIt()
    {
        using var server = Listen(out var port);

        var outcome = await DialAsync([$"a.org:{port}", $"127.0.0.1:{port}"], $"a.org:{port}", _ => [IPAddress.Parse("10.0.0.7"), IPAddress.Loopback]);

        using var socket = Assert.IsType<DialOutcome.Connected>(outcome).Socket;
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, port), socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Dial_NameThatLeadsElsewhereTheSecondTime_IsAskedOnlyOnce()
    {
        using var server = Listen(out var port);
        var asked = 0;

        var outcome = await DialAsync([$"a.org:{port}", $"127.0.0.2:{port}"], $"a.org:{port}", _ => asked++ == 0 ? [IPAddress.Parse("127.0.0.2")] : [IPAddress.Loopback]);

        // The server listens on another address: what was judged was tried, and nothing else.
        Assert.IsType<DialOutcome.Failed>(outcome);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Dial_TargetOutsideTheList_AsksNoName()
    {
        var outcome = await DialAsync(["a.org"], "secret-in-a-name.evil.org:443", _ => throw new InvalidOperationException("A name was asked for."));

        Assert.Equal("it is not in the list of allowed hosts", Assert.IsType<DialOutcome.Refused>(outcome).Reason);
    }

    [Fact]
    public async Task Dial_NameThatIsNotThere_Fails()
    {
        var outcome = await DialAsync(["a.org"], "a.org:443", _ => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Equal("a.org was not found", Assert.IsType<DialOutcome.Failed>(outcome).Reason);
    }

    [Theory]
    [InlineData("2001:470:1:2::5", 64, "2001:470:1:2::9", true)]
    [InlineData("2001:470:1:2::5", 64, "2001:470:1:3::9", false)]
    [InlineData("2001:470:1:2::5", 128, "2001:470:1:2::5", true)]
    [InlineData("2001:470:1:2::5", 32, "2001:470:9::9", false)]
    [InlineData("93.184.215.14", 24, "93.184.215.14", true)]
    [InlineData("93.184.215.14", 24, "93.184.215.15", false)]
    public void IsNear_Address_IsTheMachinesOwnOrOfItsIPv6Network(string own, int prefix, string address, bool expected) =>
        Assert.Equal(expected, OwnNetworks.IsNear(IPAddress.Parse(own), prefix, IPAddress.Parse(address)));

    [Fact]
    public void Contain_AddressOfThisMachine_IsFound() => Assert.True(OwnNetworks.Contain(IPAddress.Loopback));

    private static Task<DialOutcome> DialAsync(string[] hosts, string target, Func<string, IPAddress[]> resolve) =>
        new HostDialer(HostProxy.PatternsOf([.. hosts]), (name, _) => Task.FromResult(resolve(name)), OwnNetworks.Contain, TimeProvider.System).DialAsync(HostTarget.Parse(target, port: null)!, TestContext.Current.CancellationToken);

    private static TcpListener Listen(out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return listener;
    }
}
