using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Planlane.Sandbox.Network;

/// <summary>The proxy with real sockets: its clients and the servers behind it are on this machine's loopback.</summary>
public sealed class HostProxyTests
{
    [Fact]
    public async Task Proxy_PlainRequestToAnAllowedHost_IsPassedOnWithBodyAndAnswered()
    {
        using var server = new EchoServer();
        await using var proxy = Proxy(server.Host);

        var answer = await AskAsync(proxy, $"POST http://{server.Host}/path HTTP/1.1\r\nHost: other.org\r\nContent-Length: 4\r\n\r\nbody");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith($"POST /path HTTP/1.1|Host: {server.Host}|Content-Length: 4|Connection: close||body", answer, StringComparison.Ordinal);
        Assert.Empty(proxy.Refused.Lines());
    }

    [Fact]
    public async Task Proxy_Tunnel_CarriesBothWaysUntilBothHaveEnded()
    {
        using var server = new EchoServer();
        await using var proxy = Proxy(server.Host);

        var answer = await AskAsync(proxy, $"CONNECT {server.Host} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("GET / HTTP/1.1||", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_OtherHosts_AreRefusedAndNamedWithTheirCount()
    {
        using var server = new EchoServer();
        await using var proxy = Proxy("a.org");

        var first = await AskAsync(proxy, "CONNECT evil.org:443 HTTP/1.1\r\n\r\n");
        await AskAsync(proxy, "CONNECT EVIL.org.:443 HTTP/1.1\r\n\r\n");
        var literal = await AskAsync(proxy, $"GET http://{server.Host}/ HTTP/1.1\r\n\r\n");
        var port = await AskAsync(proxy, "CONNECT a.org:22 HTTP/1.1\r\n\r\n");
        var unread = await AskAsync(proxy, "GET / HTTP/1.1\r\nHost: a.org\r\n\r\n");

        Assert.All([first, literal, port], answer => Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer, StringComparison.Ordinal));
        Assert.EndsWith("\r\n\r\nThe sandbox refuses evil.org:443: it is not in the list of allowed hosts.\n", first, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", unread, StringComparison.Ordinal);
        Assert.Equal(
            [
                "The sandbox refused evil.org:443 2 times: it is not in the list of allowed hosts.",
                $"The sandbox refused {server.Host}: the address is not in the list of allowed hosts.",
                "The sandbox refused a.org:22: the host is allowed, this port of it is not.",
                "The sandbox refused a request: it is not one that a proxy understands.",
            ],
            proxy.Refused.Lines());
        Assert.Equal(0, server.Answered);
    }

    [Fact]
    public async Task Proxy_AllowedNameThatLeadsToThisMachine_IsRefused()
    {
        using var server = new EchoServer();
        await using var proxy = Proxy($"rebound.org:{server.Port}");

        var answer = await AskAsync(proxy, $"GET http://rebound.org:{server.Port}/ HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("it leads to 127.0.0.1", answer, StringComparison.Ordinal);
        Assert.Equal(0, server.Answered);
    }

    [Fact]
    public async Task Proxy_AllowedHostThatDoesNotAnswer_IsABadGatewayAndNoRefusal()
    {
        var server = new EchoServer();
        server.Dispose();
        await using var proxy = Proxy(server.Host);

        var answer = await AskAsync(proxy, $"CONNECT {server.Host} HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(proxy.Refused.Lines());
    }

    [Fact]
    public async Task Proxy_HugeHead_IsRefusedAndTheNextClientServed()
    {
        using var server = new EchoServer();
        await using var proxy = Proxy(server.Host);

        var huge = await AskAsync(proxy, $"GET http://{server.Host}/ HTTP/1.1\r\nX: {new string('x', 4 * ProxyHead.MostBytes)}\r\n\r\n");
        var next = await AskAsync(proxy, $"GET http://{server.Host}/ HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", huge, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_ManyClientsAtOnce_AreAllServed()
    {
        using var server = new EchoServer();
        await using var proxy = Proxy(server.Host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => AskAsync(proxy, $"GET http://{server.Host}/ HTTP/1.1\r\n\r\n")));

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_OpenTunnel_EndsIt()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var proxy = Proxy($"127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}");
        using var client = await ConnectAsync(proxy);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"CONNECT {server.LocalEndpoint} HTTP/1.1\r\n\r\n"), TestContext.Current.CancellationToken);
        using var accepted = await server.AcceptSocketAsync(TestContext.Current.CancellationToken);

        await proxy.DisposeAsync();

        Assert.Equal(0, await EndAsync(accepted));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(proxy, ((IPEndPoint)client.Client.RemoteEndPoint!).Port));
    }

    [Fact]
    public void Refused_ManyHosts_AreToldShort()
    {
        var refused = new RefusedHosts();
        for (var i = 0; i < 25; i++)
            refused.Add(new(new($"h{i}.org", IsAddress: false), 443), "no");

        Assert.Equal(21, refused.Lines().Count);
        Assert.Equal("The sandbox refused 5 more.", refused.Lines()[^1]);
        Assert.StartsWith("cut\nThe sandbox refused h0.org:443: no.\n", RefusedHosts.AddTo("cut", refused), StringComparison.Ordinal);
        Assert.Equal("cut", RefusedHosts.AddTo("cut", new RefusedHosts()));
    }

    private static HostProxy Proxy(params string[] hosts)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        return new HostProxy(listener, HostProxy.PatternsOf([.. hosts]), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
    }

    private static Task<TcpClient> ConnectAsync(HostProxy proxy) => ConnectAsync(proxy, proxy.Port);

    private static async Task<TcpClient> ConnectAsync(HostProxy proxy, int port)
    {
        Assert.NotNull(proxy);
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<string> AskAsync(HostProxy proxy, string request)
    {
        using var client = await ConnectAsync(proxy);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    // An end, be it orderly or not.
    private static async Task<int> EndAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
