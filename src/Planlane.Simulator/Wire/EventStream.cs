using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Pacing;

namespace Planlane.Simulator.Wire;

/// <summary>Plays timed events into a response: writes each when it is due and sends what is written before it waits.</summary>
/// <param name="context">The response.</param>
/// <param name="pace">When events are due.</param>
/// <param name="pieceBytes">Everything is sent in pieces of so many bytes, wherever they end; 0 for as it comes.</param>
internal sealed class EventStream(HttpContext context, Pace pace, int pieceBytes)
{
    /// <summary>Writes events; the first is sent at once, after <paramref name="atFirst"/>; the last one follows <paramref name="atLast"/>.</summary>
    public async Task PlayAsync(IReadOnlyList<TimedEvent> events, Action atFirst, Action atLast, CancellationToken cancellationToken)
    {
        foreach (var (at, next) in events.Index())
        {
            // Before the first event nothing may be sent: the headers come with the first byte.
            if (at > 0 && pace.IsAhead(next.Due))
                await context.Response.BodyWriter.FlushAsync(cancellationToken);
            await (at == 0 || at == events.Count - 1 ? pace.UntilAsync(next.Due, cancellationToken) : pace.AboutAsync(next.Due, cancellationToken));
            if (at == 0)
            {
                context.Response.StatusCode = 200;
                context.Response.ContentType = "text/event-stream; charset=utf-8";
                context.Response.Headers.CacheControl = "no-cache";
                atFirst();
            }

            if (at == events.Count - 1)
                atLast();
            await WriteAsync(next.Name, next.Data, cancellationToken);
            if (at == 0)
                await context.Response.BodyWriter.FlushAsync(cancellationToken);
        }

        await context.Response.BodyWriter.FlushAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(string name, JsonObject data, CancellationToken cancellationToken)
    {
        var text = $"event: {name}\ndata: {data.ToJsonString(WireJson.Compact)}\n\n";
        if (pieceBytes == 0)
        {
            Write(text);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < bytes.Length; at += pieceBytes)
            await context.Response.BodyWriter.WriteAsync(bytes.AsMemory(at, Math.Min(pieceBytes, bytes.Length - at)), cancellationToken);
    }

    private void Write(string text)
    {
        var memory = context.Response.BodyWriter.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        context.Response.BodyWriter.Advance(Encoding.UTF8.GetBytes(text, memory));
    }
}
