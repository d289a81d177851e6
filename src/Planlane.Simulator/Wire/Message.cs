using System.Text;
using System.Text.Json.Nodes;
using Planlane.Budgets;

namespace Planlane.Simulator.Wire;

/// <summary>An answer with everything that is told with it.</summary>
internal sealed record Message(string Id, ServedModel Model, Answer Answer, Usage Usage)
{
    /// <summary>The output tokens that a stream tells at its beginning.</summary>
    public const int StubTokens = 1;

    /// <summary>The service tier that it is told to be of.</summary>
    public string Tier { get; init; } = "standard";

    /// <summary>The message as a request that does not stream gets it.</summary>
    public JsonObject ToJson()
    {
        // An input that was cut off is no JSON: such a call is left out, as nobody can act on it.
        var blocks = Answer.Blocks.Where(block => block is not AnswerBlock.ToolUse { Cut: true }).Select(block => (JsonNode)Block(block, full: true));
        return Head(new JsonArray([.. blocks]), Answer.StopReason, UsageJson(Usage.Output));
    }

    /// <summary>The message as a stream begins with it: no content yet, and a number of output tokens that says nothing.</summary>
    public JsonObject Stub() => Head([], null, UsageJson(Math.Min(StubTokens, Usage.Output)));

    /// <summary>A content block, with its content or as a stream opens it.</summary>
    public static JsonObject Block(AnswerBlock block, bool full) => block switch
    {
        AnswerBlock.Text text => new JsonObject { ["type"] = "text", ["text"] = full ? text.Value : "" },
        AnswerBlock.ToolUse use => new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = use.Id,
            ["name"] = use.Name,
            ["input"] = full ? JsonNode.Parse(use.Input) : new JsonObject(),
            ["caller"] = new JsonObject { ["type"] = "direct" },
        },
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The output tokens of a block.</summary>
    public static int Tokens(AnswerBlock block) =>
        TokenCount.OfBytes(Encoding.UTF8.GetByteCount(block.Content) + (block is AnswerBlock.ToolUse use ? Encoding.UTF8.GetByteCount(use.Name) : 0));

    public JsonObject UsageJson(long output) => new()
    {
        ["input_tokens"] = Usage.Input,
        ["cache_creation_input_tokens"] = Usage.CacheWrite + Usage.CacheWriteLong,
        ["cache_read_input_tokens"] = Usage.CacheRead,
        ["cache_creation"] = new JsonObject { ["ephemeral_5m_input_tokens"] = Usage.CacheWrite, ["ephemeral_1h_input_tokens"] = Usage.CacheWriteLong },
        ["output_tokens"] = output,
        ["service_tier"] = Tier,
    };

    public JsonObject? StopDetails() => Answer.RefusalCategory is { } category
        ? new JsonObject { ["type"] = "refusal", ["category"] = category, ["explanation"] = "This request was refused by the simulator's fault plan." }
        : null;

    private JsonObject Head(JsonArray content, string? stopReason, JsonObject usage) => new()
    {
        ["model"] = Model.Id.Value,
        ["id"] = Id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["content"] = content,
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["stop_details"] = stopReason is null ? null : StopDetails(),
        ["usage"] = usage,
    };
}
