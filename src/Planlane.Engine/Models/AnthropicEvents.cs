using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Planlane.Budgets;

namespace Planlane.Models;

/// <summary>Reads the events of one streamed answer. Unknown events, blocks and deltas are passed over, as the API asks of its clients.</summary>
internal sealed class AnthropicEvents(string requestId, TimeSpan? holdBack, ModelLimits? limits)
{
    private readonly Dictionary<long, Block> _open = [];
    private readonly AnthropicUsage _usage = new();
    private string? _model;
    private string? _id;
    private string? _stop;
    private bool _ended;

    public string RequestId => requestId;

    /// <summary>What the request's bytes up to its first cache mark hash to, or null.</summary>
    public string? Prefix { get; init; }

    /// <summary>What was reported so far.</summary>
    public Usage Usage => _usage.Tokens;

    /// <summary>Whether the answer came to its end: only then may anyone act on it.</summary>
    public bool IsWhole => _ended && _stop is not null;

    public ChatResponseUpdate? Read(JsonElement data) => Text(data, "type") switch
    {
        "message_start" => Start(data.TryGetProperty("message", out var message) ? message : default),
        "content_block_start" => Begin(data),
        "content_block_delta" => Delta(data),
        "content_block_stop" => End(data),
        "message_delta" => Stop(data),
        "message_stop" => Finish(),
        _ => null,
    };

    /// <summary>Whether an event only says that the connection lives.</summary>
    public static bool IsPing(JsonElement data) => Text(data, "type") == "ping";

    /// <summary>The updates of an answer that is not streamed and has no content.</summary>
    public List<ChatResponseUpdate> ReadWhole(JsonElement message)
    {
        var begun = Start(message);
        _stop = Text(message, "stop_reason") is { Length: > 0 } reason ? reason : null;
        return Finish() is { } ended ? [begun, ended] : [begun];
    }

    private ChatResponseUpdate Start(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.Object)
        {
            _id = Text(message, "id");
            _model = Text(message, "model");
            _usage.Read(message);
        }
        var update = Update([]);
        update.AdditionalProperties = new() { [ChatKeys.RequestId] = requestId, [ChatKeys.UsageSoFar] = Usage };
        if (limits is not null)
            update.AdditionalProperties[ChatKeys.Limits] = limits;
        if (Prefix is not null)
            update.AdditionalProperties[ChatKeys.Prefix] = Prefix;
        if (holdBack is { } time)
            update.AdditionalProperties[ChatKeys.HoldBack] = time;
        return update;
    }

    private ChatResponseUpdate? Begin(JsonElement data)
    {
        if (!data.TryGetProperty("content_block", out var content))
            return null;
        var block = new Block(Text(content, "type"), Text(content, "id"), Text(content, "name"), Text(content, "data"));
        _open[Index(data)] = block;
        block.Text.Append(Text(content, "thinking"));
        switch (block.Type)
        {
            case "text" when Text(content, "text") is { Length: > 0 } text:
                return Update([new TextContent(text)]);
            case "tool_use":
                // Not streamed when the server sends the input whole.
                if (content.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.Object && input.EnumerateObject().Any())
                    block.Text.Append(input.GetRawText());
                var update = Update([]);
                update.AdditionalProperties = new() { [ChatKeys.ToolStarted] = block.Name };
                return update;
            default:
                return null;
        }
    }

    private ChatResponseUpdate? Delta(JsonElement data)
    {
        if (!data.TryGetProperty("delta", out var delta) || !_open.TryGetValue(Index(data), out var block))
            return null;
        switch (Text(delta, "type"))
        {
            case "text_delta":
                return Update([new TextContent(Text(delta, "text"))]);
            case "input_json_delta":
                block.Text.Append(Text(delta, "partial_json"));
                return null;
            case "thinking_delta":
                block.Text.Append(Text(delta, "thinking"));
                return null;
            case "signature_delta":
                block.Data.Append(Text(delta, "signature"));
                return null;
            default:
                return null;
        }
    }

    private ChatResponseUpdate? End(JsonElement data)
    {
        if (!_open.Remove(Index(data), out var block))
            return null;
        return block.Type switch
        {
            "tool_use" => Update([Call(block)]),
            "thinking" => Update([new TextReasoningContent(block.Text.ToString()) { ProtectedData = block.Data.ToString() }]),
            "redacted_thinking" => Update([new TextReasoningContent("")
            {
                ProtectedData = block.Data.ToString(),
                AdditionalProperties = new() { [ChatKeys.Redacted] = true },
            }]),
            _ => null,
        };
    }

    private ChatResponseUpdate? Stop(JsonElement data)
    {
        _usage.Read(data);
        if (data.TryGetProperty("delta", out var delta) && Text(delta, "stop_reason") is { Length: > 0 } reason)
            _stop = reason;
        return null;
    }

    private ChatResponseUpdate? Finish()
    {
        _ended = true;
        if (_stop is null)
            return null;
        // A block that was cut at the token limit may never have been stopped.
        var cut = _open.OrderBy(block => block.Key).Where(block => block.Value.Type == "tool_use").Select(block => (AIContent)Call(block.Value));
        var update = Update([.. cut, new UsageContent(_usage.Details)]);
        update.FinishReason = _stop switch
        {
            "end_turn" => ChatFinishReason.Stop,
            "tool_use" => ChatFinishReason.ToolCalls,
            "max_tokens" => ChatFinishReason.Length,
            "refusal" => ChatFinishReason.ContentFilter,
            _ => new ChatFinishReason(_stop),
        };
        return update;
    }

    private static FunctionCallContent Call(Block block)
    {
        var arguments = block.Text.ToString().Trim() is { Length: > 0 } text ? text : "{}";
        return ToolArguments.ToCall(block.Id, block.Name, arguments);
    }

    private ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };

    private static long Index(JsonElement data) => data.TryGetProperty("index", out var index) && index.TryGetInt64(out var value) ? value : -1;

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed class Block(string type, string id, string name, string data)
    {
        public string Type => type;

        public string Id => id;

        public string Name => name;

        public StringBuilder Text { get; } = new();

        public StringBuilder Data { get; } = new(data);
    }
}
