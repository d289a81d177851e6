using System.Text.Json;

namespace Planlane.Simulator.Wire;

/// <summary>Which parameters may be combined, and which models take them.</summary>
internal static class ParameterRules
{
    public static void Check(JsonElement body, ServedModel model, int maxTokens, bool stream)
    {
        CheckModel(body, model);
        CheckSystem(body);
        var format = body.TryGetProperty("output_config", out var output) && output.ValueKind == JsonValueKind.Object
            && output.TryGetProperty("format", out var asked) && asked.ValueKind == JsonValueKind.Object ? asked : default;
        if (format.ValueKind == JsonValueKind.Object && (RequestReader.Text(format, "type") != "json_schema" || !format.TryGetProperty("schema", out _)))
            throw ApiException.Invalid("output_config.format: Input should be a json_schema with a schema");
        if (maxTokens > 0)
            return;

        if (stream)
            throw ApiException.Invalid("max_tokens: 0 is not allowed when `stream` is true");
        if (format.ValueKind == JsonValueKind.Object)
            throw ApiException.Invalid("max_tokens: 0 is not allowed with `output_config.format`");
        if (Kind(body, "tool_choice") is "any" or "tool")
            throw ApiException.Invalid("max_tokens: 0 is not allowed when `tool_choice` forces a tool");
        if (Kind(body, "thinking") is "enabled" or "adaptive")
            throw ApiException.Invalid("max_tokens: 0 is not allowed when thinking is enabled");
    }

    private static void CheckSystem(JsonElement body)
    {
        if (!body.TryGetProperty("system", out var system) || system.ValueKind == JsonValueKind.String)
            return;
        if (system.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid("system: Input should be a valid string or list");
        foreach (var (at, block) in system.EnumerateArray().Index())
        {
            if (RequestReader.Text(block, "type") != "text")
                throw ApiException.Invalid($"system.{at}.type: Input should be 'text'");
            if (RequestReader.Text(block, "text") is null or "")
                throw ApiException.Invalid("system: text content blocks must be non-empty");
        }
    }

    private static void CheckModel(JsonElement body, ServedModel model)
    {
        var effort = body.TryGetProperty("output_config", out var output) && output.ValueKind == JsonValueKind.Object && RequestReader.Text(output, "effort") is not null;
        if (effort && !model.HasEffort)
            throw ApiException.Invalid("This model does not support the effort parameter.");
        if (model.IsTunable)
            return;

        foreach (var (name, neutral) in new[] { ("temperature", 1.0), ("top_p", 1.0), ("top_k", 0.0) })
        {
            if (body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() != neutral)
                throw ApiException.Invalid($"{name}: this model does not support a value other than the default");
        }

        if (body.TryGetProperty("thinking", out var thinking) && thinking.ValueKind == JsonValueKind.Object && thinking.TryGetProperty("budget_tokens", out _))
            throw ApiException.Invalid("thinking.budget_tokens: this model supports adaptive thinking only");
    }

    private static string? Kind(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? RequestReader.Text(value, "type") : null;
}
