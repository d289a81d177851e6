using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;

namespace Huddle.Tests.Chat;

/// <summary>The real application on a free port of the loopback interface.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ChatServer(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public static async Task<ChatServer> StartAsync(params string[] settings)
    {
        var app = HuddleApp.Create(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. settings]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ChatServer(app);
    }

    public async Task<ChatClient> ConnectAsync(string member, string room = "general")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(member, room), TestContext.Current.CancellationToken);
        return new ChatClient(socket);
    }

    public async Task<HttpStatusCode> RefusalAsync(string member, string room)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(Address(member, room), TestContext.Current.CancellationToken));
        return socket.HttpStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private Uri Address(string member, string room) =>
        new UriBuilder(Http.BaseAddress!)
        {
            Scheme = Uri.UriSchemeWs,
            Path = $"/rooms/{room}/chat",
            Query = $"name={Uri.EscapeDataString(member)}",
        }.Uri;
}
