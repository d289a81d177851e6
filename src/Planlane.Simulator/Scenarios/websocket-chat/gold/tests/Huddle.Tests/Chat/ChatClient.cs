using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Huddle.Chat;

namespace Huddle.Tests.Chat;

internal sealed class ChatClient(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task PostAsync(string text) =>
        SendAsync(JsonSerializer.Serialize(new PostCommand(text), ChatJson.Options));

    public async Task SendAsync(string payload, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        using var limit = TimeLimit();
        await socket.SendAsync(Encoding.UTF8.GetBytes(payload), type, endOfMessage: true, limit.Token);
    }

    public async Task<T> NextAsync<T>()
        where T : ChatEvent
    {
        using var json = new MemoryStream();
        Assert.Null(await ReceiveAsync(json));
        return Assert.IsType<T>(JsonSerializer.Deserialize<ChatEvent>(json.ToArray(), ChatJson.Options));
    }

    public async Task<WebSocketCloseStatus?> ClosedAsync() => await ReceiveAsync(Stream.Null);

    public async Task LeaveAsync()
    {
        using var limit = TimeLimit();
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();

    private async Task<WebSocketCloseStatus?> ReceiveAsync(Stream message)
    {
        using var limit = TimeLimit();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (received.MessageType is WebSocketMessageType.Close)
                return socket.CloseStatus;

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return null;
        }
    }

    private static CancellationTokenSource TimeLimit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }
}
