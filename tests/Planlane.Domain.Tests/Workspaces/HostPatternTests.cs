using CsCheck;

namespace Planlane.Workspaces;

public sealed class HostPatternTests
{
    private static readonly Gen<string> Hosts = Gen.OneOf(
        AnyOf("a", "b", "x-1", "xn--9ca").Array[1, 3].Select(labels => string.Join('.', labels)),
        AnyOf("10.0.0.1", "127.0.0.1", "[::1]", "[2001:db8::1]"));

    private static readonly Gen<string> Patterns =
        Gen.Select(Gen.Bool, Hosts, AnyOf("", ":443", ":8080")).Select((isBelow, host, port) => $"{(isBelow && char.IsAsciiLetter(host[0]) ? "*." : "")}{host}{port}");

    [Theory]
    [InlineData(" Registry.NPMJS.org ", "registry.npmjs.org")]
    [InlineData("a.org.", "a.org")]
    [InlineData("*.a.org", "*.a.org")]
    [InlineData("*.A.org:8443", "*.a.org:8443")]
    [InlineData("localhost:5000", "localhost:5000")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1:80", "10.0.0.1:80")]
    [InlineData("[2001:DB8:0::1]", "[2001:db8::1]")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    [InlineData("[::ffff:10.0.0.1]", "10.0.0.1")]
    [InlineData("Bücher.example", "xn--bcher-kva.example")]
    [InlineData("a_b.example.org", "a_b.example.org")]
    public void Parse_Host_IsWrittenAsItIsCompared(string text, string written) => Assert.Equal(written, HostPattern.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a.*.org")]
    [InlineData("*a.org")]
    [InlineData("*.10.0.0.1")]
    [InlineData("*.[::1]")]
    [InlineData("https://a.org")]
    [InlineData("a.org/path")]
    [InlineData("me@a.org")]
    [InlineData("a.org:")]
    [InlineData("a.org:0")]
    [InlineData("a.org:65536")]
    [InlineData("a.org:+80")]
    [InlineData("a..org")]
    [InlineData(".a.org")]
    [InlineData("a.org..")]
    [InlineData("-a.org")]
    [InlineData("a b.org")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.0.0.1")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[10.0.0.1]")]
    public void Parse_WhatIsNoHost_IsNull(string text) => Assert.Null(HostPattern.Parse(text));

    [Fact]
    public void Parse_TooLongNames_AreNull()
    {
        Assert.NotNull(HostPattern.Parse($"{new string('a', 63)}.org"));
        Assert.Null(HostPattern.Parse($"{new string('a', 64)}.org"));
        Assert.Null(HostPattern.Parse(string.Join('.', Enumerable.Repeat(new string('a', 60), 5))));
    }

    [Theory]
    [InlineData("a.org", "a.org:443", true)]
    [InlineData("a.org", "A.ORG.:80", true)]
    [InlineData("a.org", "a.org:22", false)]
    [InlineData("a.org", "x.a.org:443", false)]
    [InlineData("a.org:22", "a.org:22", true)]
    [InlineData("a.org:22", "a.org:443", false)]
    [InlineData("*.a.org", "x.a.org:443", true)]
    [InlineData("*.a.org", "x.y.a.org:443", true)]
    [InlineData("*.a.org", "a.org:443", false)]
    [InlineData("*.a.org", "xa.org:443", false)]
    [InlineData("*.a.org", "x.a.org.evil.org:443", false)]
    [InlineData("10.0.0.1", "10.0.0.1:443", true)]
    [InlineData("10.0.0.1", "[::ffff:10.0.0.1]:443", true)]
    [InlineData("[::1]:80", "[0:0:0:0:0:0:0:1]:80", true)]
    [InlineData("10.0.0.1", "10.0.0.1.nip.io:443", false)]
    public void Matches_Target_FollowsNameAndPort(string pattern, string target, bool expected) =>
        Assert.Equal(expected, HostPattern.Parse(pattern)!.Matches(HostTarget.Parse(target, port: null)!));

    [Fact]
    public void Parse_WhatItWrote_IsTheSame() => Patterns.Sample(text =>
    {
        var pattern = HostPattern.Parse(text)!;
        Assert.Equal(pattern, HostPattern.Parse(pattern.ToString()));
    });

    [Fact]
    public void Covers_Pattern_IsTrueOnlyIfAllThatItMatchesIsMatched()
    {
        var targets = Gen.Select(Hosts, AnyOf(80, 443, 8080)).Select((host, port) => HostTarget.Parse($"{host}:{port}", port: null)!);
        Gen.Select(Patterns, Patterns, targets).Sample((outer, inner, target) =>
        {
            var (wide, narrow) = (HostPattern.Parse(outer)!, HostPattern.Parse(inner)!);
            Assert.True(wide.Covers(wide));
            if (wide.Covers(narrow) && narrow.Matches(target))
                Assert.True(wide.Matches(target), $"{outer} covers {inner}, which matches {target}");
        });
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
