using Microsoft.AspNetCore.Http;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Cassettes;

/// <summary>Answers requests from a cassette, each recorded call once, with the pauses of the recording; thread-safe.</summary>
internal sealed class CassettePlayer
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<RecordedCall>> _calls;
    private readonly Dictionary<string, RecordedCall> _last = [];

    public CassettePlayer(Cassette cassette) =>
        _calls = cassette.Calls.GroupBy(call => call.Key).ToDictionary(group => group.Key, group => new Queue<RecordedCall>(group));

    public async Task AnswerAsync(HttpContext context, string body, Pace pace, CancellationToken cancellationToken)
    {
        var call = Take(context.Request.Path.Value!, body);
        context.Response.StatusCode = call.Status;
        context.Response.ContentType = call.ContentType;
        foreach (var header in call.Headers)
            context.Response.Headers[header.Name] = header.Value;
        foreach (var piece in call.Pieces)
        {
            await pace.UntilAsync(TimeSpan.FromMilliseconds(piece.At), cancellationToken);
            await context.Response.WriteAsync(piece.Text, cancellationToken);
            await context.Response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    // Asked more often than it was recorded, a call is answered as it was the last time.
    private RecordedCall Take(string path, string body)
    {
        var key = Cassette.KeyOf(path, body);
        lock (_gate)
        {
            if (_calls.TryGetValue(key, out var queue) && queue.TryDequeue(out var next))
                return _last[key] = next;
            return _last.GetValueOrDefault(key)
                ?? throw new ApiException(404, "not_found_error", $"The cassette holds no call of {path} with this body; it holds {_calls.Count} others. Record it again.");
        }
    }
}
