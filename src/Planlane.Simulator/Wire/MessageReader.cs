using System.Text.Json;

namespace Planlane.Simulator.Wire;

/// <summary>Reads the messages of a request, block by block.</summary>
internal static class MessageReader
{
    /// <summary>One turn for each message, as it was sent.</summary>
    public static List<Turn> Turns(JsonElement body)
    {
        if (!body.TryGetProperty("messages", out var messages))
            throw ApiException.Invalid("messages: Field required");
        if (messages.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("messages: Input should be a valid list");
        if (messages.GetArrayLength() == 0)
            throw ApiException.Invalid("messages: at least one message is required");
        return [.. messages.EnumerateArray().Select((message, at) => ReadTurn(message, at))];
    }

    /// <summary>Messages of one role that follow each other are one turn to the model.</summary>
    public static List<Turn> Merge(IEnumerable<Turn> turns)
    {
        var merged = new List<Turn>();
        foreach (var turn in turns)
        {
            if (merged.Count > 0 && merged[^1].Role == turn.Role)
                merged[^1] = turn with { Blocks = [.. merged[^1].Blocks, .. turn.Blocks] };
            else
                merged.Add(turn);
        }

        return merged;
    }

    private static Turn ReadTurn(JsonElement message, int at)
    {
        var role = RequestReader.Text(message, "role") ?? throw ApiException.Invalid($"messages.{at}.role: Field required");
        if (role is not ("user" or "assistant"))
            throw ApiException.Invalid($"messages: Unexpected role \"{role}\". Allowed roles are \"user\" or \"assistant\".");
        if (!message.TryGetProperty("content", out var content))
            throw ApiException.Invalid($"messages.{at}.content: Field required");
        return content.ValueKind switch
        {
            JsonValueKind.String => new Turn(role, content.GetString()!.Length == 0 ? [] : [new ContentBlock.Text(content.GetString()!)]),
            JsonValueKind.Array => new Turn(role, [.. content.EnumerateArray().Select((block, place) => ReadBlock(block, role, $"messages.{at}.content.{place}"))]),
            _ => throw ApiException.Invalid($"messages.{at}.content: Input should be a valid string or list"),
        };
    }

    private static ContentBlock ReadBlock(JsonElement block, string role, string place)
    {
        var type = RequestReader.Text(block, "type") ?? throw ApiException.Invalid($"{place}.type: Field required");
        return type switch
        {
            "text" => new ContentBlock.Text(NotEmpty(Required(block, place, "text", type))),
            "tool_use" when role == "assistant" => new ContentBlock.ToolUse(
                Required(block, place, "id", type),
                Required(block, place, "name", type),
                block.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.Object ? input : throw ApiException.Invalid($"{place}.tool_use.input: Input should be a valid dictionary")),
            "tool_result" when role == "user" => new ContentBlock.ToolResult(
                Required(block, place, "tool_use_id", type),
                block.TryGetProperty("is_error", out var failed) && failed.ValueKind == JsonValueKind.True,
                ResultText(block)),
            "tool_use" => throw ApiException.Invalid($"messages: `tool_use` blocks can only be in `assistant` messages"),
            "tool_result" => throw ApiException.Invalid($"messages: `tool_result` blocks can only be in `user` messages"),
            "thinking" or "redacted_thinking" or "image" or "document" or "search_result" => new ContentBlock.Other(type),
            _ => throw ApiException.Invalid($"{place}: Input tag '{type}' found using 'type' does not match any of the expected tags"),
        };
    }

    private static string Required(JsonElement block, string place, string name, string type) =>
        RequestReader.Text(block, name) ?? throw ApiException.Invalid($"{place}.{type}.{name}: Field required");

    private static string NotEmpty(string text) =>
        text.Length > 0 ? text : throw ApiException.Invalid("messages: text content blocks must be non-empty");

    private static string ResultText(JsonElement block)
    {
        if (!block.TryGetProperty("content", out var content))
            return "";
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => RequestReader.Text(part, "text"))),
            _ => "",
        };
    }
}
