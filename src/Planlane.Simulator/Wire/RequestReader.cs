using System.Text.Json;
using Planlane.Simulator.Caching;

namespace Planlane.Simulator.Wire;

/// <summary>Reads a request body as strictly as the API does, with its words for what is wrong.</summary>
internal static class RequestReader
{
    private static readonly HashSet<string> Known =
    [
        "model", "max_tokens", "messages", "system", "tools", "tool_choice", "stream", "temperature", "top_p", "top_k", "stop_sequences", "metadata", "thinking",
        "service_tier", "container", "context_management", "mcp_servers", "output_config", "output_format", "cache_control", "speed", "inference_geo",
    ];

    /// <summary>Reads a request; <paramref name="counting"/> when only its tokens are asked for, so that no limit of output need be given.</summary>
    public static MessagesRequest Read(JsonElement body, bool counting, string workspace = "")
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid("Input should be a valid dictionary");
        foreach (var member in body.EnumerateObject().Where(member => !Known.Contains(member.Name)))
            throw ApiException.Invalid($"{member.Name}: Extra inputs are not permitted");

        var model = ModelTable.Find(Text(body, "model") ?? throw ApiException.Invalid("model: Field required"));
        var maxTokens = counting ? 1 : MaxTokens(body, model);
        var stream = body.TryGetProperty("stream", out var streaming) && streaming.ValueKind == JsonValueKind.True;
        ParameterRules.Check(body, model, maxTokens, stream);

        SamplingRules.Check(body, model, counting ? 0 : maxTokens);
        var tools = ReadTools(body);
        ToolChoiceRules.Check(body, tools);
        var turns = MessageReader.Turns(body);
        ConversationRules.Check(turns, model);
        var prompt = new Prompt(model.Id, model.CacheMinimum, PromptRenderer.Render(body), workspace);
        if (prompt.Tokens > model.ContextTokens)
            throw ApiException.Invalid($"prompt is too long: {prompt.Tokens} tokens > {model.ContextTokens} maximum");
        return new MessagesRequest(model, maxTokens, stream, tools, MessageReader.Merge(turns), prompt);
    }

    /// <summary>A member's text; null when there is no such member or it is not a text.</summary>
    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether the model is to think before it answers.</summary>
    internal static bool IsThinking(JsonElement body) => body.TryGetProperty("thinking", out var thinking) && Text(thinking, "type") is "enabled" or "adaptive";

    private static int MaxTokens(JsonElement body, ServedModel model)
    {
        if (!body.TryGetProperty("max_tokens", out var value))
            throw ApiException.Invalid("max_tokens: Field required");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var maxTokens))
            throw ApiException.Invalid("max_tokens: Input should be a valid integer");
        if (maxTokens < 0)
            throw ApiException.Invalid("max_tokens: Input should be greater than or equal to 0");
        if (maxTokens > model.MaxOutputTokens)
            throw ApiException.Invalid($"max_tokens: {maxTokens} > {model.MaxOutputTokens}, which is the maximum allowed number of output tokens for {model.Id}");
        return maxTokens;
    }

    private static List<OfferedTool> ReadTools(JsonElement body)
    {
        var tools = new List<OfferedTool>();
        if (!body.TryGetProperty("tools", out var list) || list.ValueKind == JsonValueKind.Null)
            return tools;
        if (list.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("tools: Input should be a valid list");

        foreach (var (at, tool) in list.EnumerateArray().Index())
        {
            var name = Text(tool, "name") ?? throw ApiException.Invalid($"tools.{at}.custom.name: Field required");
            if (name.Length is 0 or > 128 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
                throw ApiException.Invalid($"tools.{at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'");
            if (!tool.TryGetProperty("input_schema", out var schema) && Text(tool, "type") is null or "custom")
                throw ApiException.Invalid($"tools.{at}.custom.input_schema: Field required");
            if (schema.ValueKind == JsonValueKind.Object && Text(schema, "type") != "object")
                throw ApiException.Invalid($"tools.{at}.custom.input_schema.type: Input should be 'object'");
            if (tools.Any(other => other.Name == name))
                throw ApiException.Invalid("tools: Tool names must be unique.");
            tools.Add(new OfferedTool(name, tool.TryGetProperty("eager_input_streaming", out var eager) && eager.ValueKind == JsonValueKind.True));
        }

        return tools;
    }
}
