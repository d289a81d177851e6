using System.Net;
using System.Net.Sockets;
using System.Text;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Network;

/// <summary>The only way out of a box: an HTTP proxy that connects to the hosts of a list and refuses all others by name.</summary>
/// <remarks>It opens tunnels (<c>CONNECT</c>) and passes on plain requests, one a connection. What goes through a tunnel it does not see.</remarks>
internal sealed class HostProxy : IAsyncDisposable
{
    private const int MostConnections = 128;
    private static readonly TimeSpan HeadLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly Socket _listener;
    private readonly HostDialer _dialer;
    private readonly TimeProvider _time;
    private readonly Tunnel _tunnel;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _free = new(MostConnections);
    private readonly Task _accepting;

    /// <summary>Begins to answer.</summary>
    /// <param name="listener">Where its clients connect; its own from now on.</param>
    /// <param name="allowed">The list.</param>
    /// <param name="time">Limits heads and idle connections.</param>
    /// <param name="resolve">What a name leads to; null to ask the system.</param>
    public HostProxy(Socket listener, ValueList<HostPattern> allowed, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (_listener, _time) = (listener, time);
        _dialer = new HostDialer(allowed, resolve ?? Dns.GetHostAddressesAsync, OwnNetworks.Contain, time);
        _tunnel = new Tunnel(IdleLimit, time);
        _accepting = AcceptAsync();
    }

    /// <summary>On a port of this machine that nobody has, for sandboxes without a network of their own.</summary>
    public static HostProxy OnLoopback(ValueList<string> hosts, TimeProvider time)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(MostConnections);
        return new HostProxy(listener, PatternsOf(hosts), time);
    }

    /// <summary>The list in the form in which it is asked; what cannot be read allows nothing.</summary>
    public static ValueList<HostPattern> PatternsOf(ValueList<string> hosts) => hosts.Select(HostPattern.Parse).OfType<HostPattern>().ToValueList();

    /// <summary>The port on which it is found.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>What it refused.</summary>
    public RefusedHosts Refused { get; } = new();

    /// <summary>Ends every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        // When all permits are back, nobody is at work any more.
        for (var i = 0; i < MostConnections; i++)
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _free.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _free.WaitAsync(_stop.Token).ConfigureAwait(false);
                if (await AcceptOneAsync().ConfigureAwait(false) is { } client)
                    _ = Task.Run(() => ServeAsync(client), CancellationToken.None);
                else
                    _free.Release();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The command has ended.
        }
    }

    // A client that went away again before it was met is none.
    private async Task<Socket?> AcceptOneAsync()
    {
        try
        {
            return await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
        {
            return null;
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using (client)
                await AnswerAsync(client).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The client went away, or the command has ended.
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        client.NoDelay = true;
        await using var stream = new NetworkStream(client);
        ProxyHead? head;
        ProxyRequest request;
        using var timer = new CancellationTokenSource(HeadLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timer.Token);
        try
        {
            head = await ProxyHead.ReadAsync(stream, either.Token).ConfigureAwait(false);
            if (head is null)
                return;
            request = ProxyRequest.Parse(head.Text);
        }
        catch (InvalidDataException fault)
        {
            Refused.AddUnread();
            await RefuseAsync(client, "400 Bad Request", fault.Message).ConfigureAwait(false);
            return;
        }

        switch (await _dialer.DialAsync(request.Target, _stop.Token).ConfigureAwait(false))
        {
            case DialOutcome.Connected(var target):
                using (target)
                    await PassAsync(client, target, request, head).ConfigureAwait(false);
                break;
            case DialOutcome.Refused(var reason):
                Refused.Add(request.Target, reason);
                await RefuseAsync(client, "403 Forbidden", $"The sandbox refuses {request.Target}: {reason}.").ConfigureAwait(false);
                break;
            case DialOutcome.Failed(var reason):
                await RefuseAsync(client, "502 Bad Gateway", $"{reason}.").ConfigureAwait(false);
                break;
        }
    }

    private async Task PassAsync(Socket client, Socket target, ProxyRequest request, ProxyHead head)
    {
        if (request.Forwarded is { } forwarded)
            await SendAsync(target, Encoding.Latin1.GetBytes(forwarded), _stop.Token).ConfigureAwait(false);
        else
            await SendAsync(client, "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token).ConfigureAwait(false);
        await SendAsync(target, head.Rest, _stop.Token).ConfigureAwait(false);
        await _tunnel.CarryAsync(client, target, _stop.Token).ConfigureAwait(false);
    }

    private async Task RefuseAsync(Socket client, string status, string words)
    {
        using var timer = new CancellationTokenSource(FarewellLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timer.Token);
        var body = Encoding.UTF8.GetBytes($"{words}\n");
        var head = Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        await SendAsync(client, (byte[])[.. head, .. body], either.Token).ConfigureAwait(false);
        // A connection that is closed while a body is still coming is reset, and the answer lost with it.
        client.Shutdown(SocketShutdown.Send);
        var buffer = new byte[16 * 1024];
        while (await client.ReceiveAsync(buffer, either.Token).ConfigureAwait(false) > 0)
        {
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
    }
}
