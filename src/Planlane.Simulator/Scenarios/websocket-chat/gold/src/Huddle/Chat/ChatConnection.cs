using System.Net.WebSockets;
using System.Text.Json;

namespace Huddle.Chat;

internal sealed class ChatConnection(WebSocket socket, IChatSession session)
{
    private const int MaxCommandBytes = 16 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sending = SendEventsAsync(cancellationToken);
        try
        {
            var goodbye = await ReceiveCommandsAsync(cancellationToken);
            session.Dispose();
            await sending;
            await CloseAsync(goodbye, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
            session.Dispose();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendEventsAsync(CancellationToken cancellationToken)
    {
        await foreach (var chatEvent in session.Events.ReadAllAsync(cancellationToken))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(chatEvent, ChatJson.Options);
            await socket.SendAsync(json.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }

    private async Task<Goodbye> ReceiveCommandsAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxCommandBytes];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
                return new Goodbye(WebSocketCloseStatus.NormalClosure, "Goodbye.");

            if (received.MessageType is not WebSocketMessageType.Text)
                return new Goodbye(WebSocketCloseStatus.InvalidMessageType, "Commands are JSON text.");

            length += received.Count;
            if (received.EndOfMessage)
            {
                if (!TryReadCommand(buffer.AsSpan(0, length), out var text))
                    return new Goodbye(WebSocketCloseStatus.InvalidPayloadData, "The command is not valid JSON.");

                session.Post(text);
                length = 0;
            }
            else if (length == buffer.Length)
            {
                return new Goodbye(WebSocketCloseStatus.MessageTooBig, "The command is too long.");
            }
        }
    }

    private async Task CloseAsync(Goodbye goodbye, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CloseTimeout);
        await socket.CloseAsync(goodbye.Status, goodbye.Reason, limit.Token);
    }

    private static bool TryReadCommand(ReadOnlySpan<byte> json, out string text)
    {
        try
        {
            var command = JsonSerializer.Deserialize<PostCommand>(json, ChatJson.Options);
            text = command?.Text ?? "";
            return command is not null;
        }
        catch (JsonException)
        {
            text = "";
            return false;
        }
    }

    private readonly record struct Goodbye(WebSocketCloseStatus Status, string Reason);
}
