using System.Net;
using Planlane.Values;

namespace Planlane.Workspaces;

public sealed class HostRulesTests
{
    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::1.1.1.1", true)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b:1::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void IsPublic_Address_IsTrueForThePublicNetworkAlone(string address, bool expected) => Assert.Equal(expected, HostRules.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("a.org:443", null)]
    [InlineData("a.org:22", "the host is allowed, this port of it is not")]
    [InlineData("b.org:443", "it is not in the list of allowed hosts")]
    [InlineData("1.1.1.1:443", "the address is not in the list of allowed hosts")]
    [InlineData("10.0.0.1:5432", null)]
    public void Refusal_Target_SaysWhy(string target, string? reason) => Assert.Equal(reason, HostRules.Refusal(List("a.org", "10.0.0.1:5432"), HostTarget.Parse(target, port: null)!));

    [Theory]
    [InlineData("93.184.215.14", 443, true)]
    [InlineData("10.0.0.1", 5432, true)]
    [InlineData("::ffff:10.0.0.1", 5432, true)]
    [InlineData("10.0.0.1", 443, false)]
    [InlineData("10.0.0.2", 5432, false)]
    [InlineData("169.254.169.254", 80, false)]
    public void MayReach_AddressOfAName_IsPublicOrListedItself(string address, int port, bool expected) =>
        Assert.Equal(expected, HostRules.MayReach(List("a.org", "10.0.0.1:5432"), IPAddress.Parse(address), port, isOwn: false));

    [Fact]
    public void MayReach_PublicAddressOfThisMachine_IsListedItself()
    {
        var address = IPAddress.Parse("2606:4700::1111");

        Assert.False(HostRules.MayReach(List("a.org"), address, 443, isOwn: true));
        Assert.True(HostRules.MayReach(List("a.org", "[2606:4700::1111]"), address, 443, isOwn: true));
    }

    private static ValueList<HostPattern> List(params IEnumerable<string> hosts) => hosts.Select(host => HostPattern.Parse(host)!).ToValueList();
}
