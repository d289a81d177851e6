using System.Text;
using CsCheck;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

public sealed class ProxyRequestTests
{
    private static readonly string[] Pieces =
    [
        "CONNECT ", "GET ", "get ", "POST ", " ", "  ", "\t", "http://", "HTTP://", "https://", "a.org", "A.ORG.", "evil.org", "@", ":", ":80", ":443", ":99999", "/", "?", "#", "[::1]", "[", "]", "%00", "%2e", "127.0.0.1", "0x7f.1", "xn--a",
        " HTTP/1.1", " HTTP/1.0", " HTTP/2.0", "\r\n", "\n", "\r", "Host: ", "Connection: close, Host", "Content-Length: 1", "Transfer-Encoding: chunked", " folded", "\0", "é", "\u007f", ":\r\n",
    ];

    private static readonly Gen<string> Heads = Gen.Int[0, Pieces.Length - 1].Array[0, 20].Select(picks => string.Concat(picks.Select(pick => Pieces[pick])));

    [Theory]
    [InlineData("CONNECT a.org:443 HTTP/1.1", "a.org:443")]
    [InlineData("CONNECT A.Org.:8443 HTTP/1.0", "a.org:8443")]
    [InlineData("CONNECT [2001:DB8::0:1]:443 HTTP/1.1", "[2001:db8::1]:443")]
    [InlineData("CONNECT xn--bcher-kva.example:443 HTTP/1.1\r\nHost: evil.org", "xn--bcher-kva.example:443")]
    public void Parse_Tunnel_NamesItsTarget(string head, string target) => Assert.Equal((target, null), (ProxyRequest.Parse(head).Target.ToString(), ProxyRequest.Parse(head).Forwarded));

    [Fact]
    public void Parse_PlainRequest_IsWrittenAnewForItsOwnHost()
    {
        var request = ProxyRequest.Parse(string.Join("\r\n", "POST HTTP://A.org:8080/x?y=http://b.org/ HTTP/1.1", "Host: evil.org", "Proxy-Authorization: Basic x", "Connection: keep-alive, X-Drop, Content-Length", "X-Drop: 1", "Content-Length: 3", "Accept:  */* "));

        Assert.Equal("a.org:8080", request.Target.ToString());
        Assert.Equal("POST /x?y=http://b.org/ HTTP/1.1\r\nHost: a.org:8080\r\nContent-Length: 3\r\nAccept: */*\r\nConnection: close\r\n\r\n", request.Forwarded);
    }

    [Theory]
    [InlineData("GET http://a.org HTTP/1.1", "GET / HTTP/1.1\r\nHost: a.org\r\n")]
    [InlineData("GET http://a.org?q HTTP/1.0", "GET /?q HTTP/1.0\r\nHost: a.org\r\n")]
    [InlineData("GET http://[::1]:81/ HTTP/1.1", "GET / HTTP/1.1\r\nHost: [::1]:81\r\n")]
    public void Parse_PlainRequestWithoutAPath_HasOne(string head, string forwarded) => Assert.Equal($"{forwarded}Connection: close\r\n\r\n", ProxyRequest.Parse(head).Forwarded);

    [Theory]
    [InlineData("")]
    [InlineData("GET")]
    [InlineData("GET  http://a.org/ HTTP/1.1")]
    [InlineData("GET http://a.org/ HTTP/2.0")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.org")]
    [InlineData("GET https://a.org/ HTTP/1.1")]
    [InlineData("GET ftp://a.org/ HTTP/1.1")]
    [InlineData("GET http:///path HTTP/1.1")]
    [InlineData("GET http://a.org@evil.org/ HTTP/1.1")]
    [InlineData("GET http://a.org:80@evil.org/ HTTP/1.1")]
    [InlineData("GET http://a.org\\@evil.org/ HTTP/1.1")]
    [InlineData("GET http://a.org%2eevil.org/ HTTP/1.1")]
    [InlineData("GET http://a.org/#x HTTP/1.1")]
    [InlineData("GET http://0x7f000001/ HTTP/1.1")]
    [InlineData("GET http://b\u00fccher.example/ HTTP/1.1")]
    [InlineData("CONNECT a.org HTTP/1.1")]
    [InlineData("CONNECT a.org:443/ HTTP/1.1")]
    [InlineData("CONNECT me@a.org:443 HTTP/1.1")]
    [InlineData("CONNECT a.org:443:443 HTTP/1.1")]
    [InlineData("CONNECT http://a.org:443 HTTP/1.1")]
    [InlineData("CONNECT 2130706433:443 HTTP/1.1")]
    [InlineData("GET http://a.org/ HTTP/1.1\r\n folded: 1")]
    [InlineData("GET http://a.org/ HTTP/1.1\r\nHost : a.org")]
    [InlineData("GET http://a.org/ HTTP/1.1\r\nX: a\nY: b")]
    [InlineData("GET http://a.org/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked")]
    [InlineData("GET http://a.org/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2")]
    public void Parse_WhatCouldBeReadInTwoWays_IsRefused(string head) => Assert.Throws<InvalidDataException>(() => ProxyRequest.Parse(head));

    [Fact]
    public void Parse_AnyHead_IsRefusedOrForwardsOneRequestToItsTarget() => Heads.Sample(
        head =>
        {
            ProxyRequest request;
            try
            {
                request = ProxyRequest.Parse(head);
            }
            catch (InvalidDataException)
            {
                return;
            }

            Assert.Equal(request.Target, HostTarget.Parse(request.Target.ToString(), port: null));
            if (request.Forwarded is not { } forwarded)
                return;
            Assert.Equal(forwarded.Length - 4, forwarded.IndexOf("\r\n\r\n", StringComparison.Ordinal));
            var hosts = forwarded.Split("\r\n").Where(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)).ToList();
            Assert.Equal(request.Target, HostTarget.Parse(Assert.Single(hosts)["Host: ".Length..], port: 80));
        },
        iter: 20_000);

    [Fact]
    public void Read_HeadInAnyPieces_IsTheSameHeadAndRest()
    {
        var bodies = AnyOf("", "x", "\r\n\r\nmore", "\0\r\n");
        Gen.Select(AnyOf("CONNECT a.org:443 HTTP/1.1", "GET http://a.org/ HTTP/1.1\r\nA: b\r\nC: \r"), bodies, Gen.Int[1, 9].Array[1, 5]).Sample(
            (head, body, sizes) =>
            {
                using var stream = new Torn(Encoding.Latin1.GetBytes($"{head}\r\n\r\n{body}"), sizes);
                var read = ProxyHead.ReadAsync(stream, TestContext.Current.CancellationToken).GetAwaiter().GetResult()!;
                Assert.Equal(head, read.Text);
                Assert.StartsWith(Encoding.Latin1.GetString(read.Rest.Span), body, StringComparison.Ordinal);
                Assert.Equal(body.Length, read.Rest.Length + stream.Left);
            });
    }

    [Fact]
    public async Task Read_HeadWithoutAnEnd_IsRefusedOrNone()
    {
        using var endless = new MemoryStream(new byte[ProxyHead.MostBytes + 1]);
        using var cut = new MemoryStream("GET http://a.org/ HTTP/1.1\r\n"u8.ToArray());

        await Assert.ThrowsAsync<InvalidDataException>(() => ProxyHead.ReadAsync(endless, TestContext.Current.CancellationToken));
        Assert.Null(await ProxyHead.ReadAsync(cut, TestContext.Current.CancellationToken));
    }

    private sealed class Torn(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _read;

        public long Left => Length - Position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_read++ % sizes.Length])], cancellationToken);
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
