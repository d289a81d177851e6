using System.Text.Json;
using System.Text.Json.Nodes;
using Planlane.Simulator.Pacing;

namespace Planlane.Simulator.Wire;

/// <summary>One server-sent event and when it is due, counted in unscaled time from the start of the call.</summary>
internal sealed record TimedEvent(TimeSpan Due, string Name, JsonObject Data);

/// <summary>Cuts a message into the events of a stream.</summary>
internal static class TimedEvents
{
    private const int MostTokensInChunk = 8;
    private const double CharactersPerToken = 3.5;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>The events of a message in their order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="eager">The tools whose inputs are streamed as they are written; those of others come member by member when each is complete.</param>
    /// <param name="latency">When the tokens are there.</param>
    /// <param name="random">Draws the sizes of the chunks.</param>
    public static List<TimedEvent> Of(Message message, IReadOnlySet<string> eager, Latency latency, Random random)
    {
        var events = new List<TimedEvent> { Event(latency.FirstToken, "message_start", new() { ["message"] = message.Stub() }) };
        if (message.Answer.Blocks.Count == 0)
            events.Add(Event(latency.FirstToken, "ping", []));
        var tokens = 0;
        foreach (var (index, block) in message.Answer.Blocks.Index())
        {
            events.Add(Event(latency.After(tokens), "content_block_start", new() { ["index"] = index, ["content_block"] = Message.Block(block, full: false) }));
            if (index == 0)
                events.Add(Event(latency.FirstToken, "ping", []));
            events.AddRange(Deltas(block, index, tokens, block is AnswerBlock.ToolUse use && !eager.Contains(use.Name), latency, random));
            tokens += Message.Tokens(block);
            events.Add(Event(latency.After(tokens), "content_block_stop", new() { ["index"] = index }));
        }

        var delta = new JsonObject { ["stop_reason"] = message.Answer.StopReason, ["stop_sequence"] = null, ["stop_details"] = message.StopDetails() };
        events.Add(Event(latency.After(tokens), "message_delta", new() { ["delta"] = delta, ["usage"] = message.UsageJson(message.Usage.Output) }));
        events.Add(Event(latency.After(tokens), "message_stop", []));
        return WithPings(latency.Stall == TimeSpan.Zero ? events : [.. events.Select((next, at) => at < events.Count / 2 ? next : next with { Due = next.Due + latency.Stall })]);
    }

    private static IEnumerable<TimedEvent> Deltas(AnswerBlock block, int index, int before, bool held, Latency latency, Random random)
    {
        var text = block.Content;
        var tokens = Message.Tokens(block);
        if (block is AnswerBlock.ToolUse)
            yield return Delta(block, index, "", latency.After(before));
        foreach (var (start, end) in held ? Members(text) : [(0, text.Length)])
        {
            foreach (var (from, to) in Chunks(text, start, end, random))
                yield return Delta(block, index, text[from..to], latency.After(before + (tokens * (double)(held ? end : to) / text.Length)));
        }
    }

    private static TimedEvent Delta(AnswerBlock block, int index, string part, TimeSpan due) => Event(due, "content_block_delta", new()
    {
        ["index"] = index,
        ["delta"] = block is AnswerBlock.Text
            ? new JsonObject { ["type"] = "text_delta", ["text"] = part }
            : new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = part },
    });

    private static TimedEvent Event(TimeSpan due, string name, JsonObject rest)
    {
        var data = new JsonObject { ["type"] = name };
        foreach (var (member, value) in rest)
            data[member] = value?.DeepClone();
        return new TimedEvent(due, name, data);
    }

    private static IEnumerable<(int From, int To)> Chunks(string text, int from, int end, Random random)
    {
        while (from < end)
        {
            var to = Math.Min(end, from + (int)Math.Ceiling(random.Next(1, MostTokensInChunk + 1) * CharactersPerToken));
            if (to < end && char.IsLowSurrogate(text[to]))
                to++;
            yield return (from, to);
            from = to;
        }
    }

    // The spans of an object's members, each with the comma or brace before it; one span when the JSON is cut off or not in the compact spelling.
    private static List<(int Start, int End)> Members(string json)
    {
        var spans = new List<(int Start, int End)>();
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                var start = spans.Count == 0 ? 0 : spans[^1].End;
                spans.Add((start, start + 1 + member.Name.Length + 3 + member.Value.GetRawText().Length));
            }
        }
        catch (JsonException)
        {
            spans.Clear();
        }

        if (spans.Count == 0 || spans[^1].End != json.Length - 1)
            return [(0, json.Length)];
        spans[^1] = (spans[^1].Start, json.Length);
        return spans;
    }

    private static List<TimedEvent> WithPings(List<TimedEvent> events)
    {
        var all = new List<TimedEvent> { events[0] };
        foreach (var next in events.Skip(1))
        {
            for (var due = all[^1].Due + PingEvery; due < next.Due; due += PingEvery)
                all.Add(Event(due, "ping", []));
            all.Add(next);
        }

        return all;
    }
}
