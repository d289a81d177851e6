using System.Text.Json;

namespace Planlane.Simulator.Wire;

/// <summary>What a request may say about sampling, thinking and effort.</summary>
internal static class SamplingRules
{
    private const int LeastBudget = 1024;
    private static readonly string[] Efforts = ["low", "medium", "high", "xhigh", "max"];

    public static void Check(JsonElement body, ServedModel model, int maxTokens)
    {
        CheckRange(body, "temperature", 0, 1);
        CheckRange(body, "top_p", 0, 1);
        if (Number(body, "top_k") is < 0)
            throw ApiException.Invalid("top_k: Input should be greater than or equal to 0");
        if (model.IsTunable && Number(body, "temperature") is not null && Number(body, "top_p") is not null)
            throw ApiException.Invalid("`temperature` and `top_p` cannot both be specified for this model. Please use only one.");
        if (body.TryGetProperty("stop_sequences", out var stops) && stops.ValueKind == JsonValueKind.Array && stops.EnumerateArray().Any(stop => string.IsNullOrWhiteSpace(stop.GetString())))
            throw ApiException.Invalid("stop_sequences: each stop sequence must contain non-whitespace");
        CheckThinking(body, model, maxTokens);
        CheckEffort(body, model);
    }

    private static void CheckThinking(JsonElement body, ServedModel model, int maxTokens)
    {
        if (!body.TryGetProperty("thinking", out var thinking) || thinking.ValueKind != JsonValueKind.Object)
            return;
        if (RequestReader.Text(thinking, "type") is not ("enabled" or "disabled" or "adaptive"))
            throw ApiException.Invalid($"thinking: Input tag '{RequestReader.Text(thinking, "type")}' found using 'type' does not match any of the expected tags: 'enabled', 'disabled', 'adaptive'");
        if (!model.IsTunable || RequestReader.Text(thinking, "type") != "enabled")
            return;
        if (Number(thinking, "budget_tokens") is not { } budget)
            throw ApiException.Invalid("thinking.enabled.budget_tokens: Field required");
        if (budget < LeastBudget)
            throw ApiException.Invalid($"thinking.enabled.budget_tokens: Input should be greater than or equal to {LeastBudget}");
        if (budget >= maxTokens && maxTokens > 0)
            throw ApiException.Invalid("`max_tokens` must be greater than `thinking.budget_tokens`.");
        if (Number(body, "temperature") is not (null or 1))
            throw ApiException.Invalid("`temperature` may only be set to 1 when thinking is enabled.");
    }

    private static void CheckEffort(JsonElement body, ServedModel model)
    {
        if (!body.TryGetProperty("output_config", out var output) || RequestReader.Text(output, "effort") is not { } effort)
            return;
        if (!Efforts.Contains(effort))
            throw ApiException.Invalid("output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
        if (effort is "xhigh" or "max" && model.Family == ModelFamily.Haiku && body.TryGetProperty("thinking", out var thinking) && RequestReader.Text(thinking, "type") == "disabled")
            throw ApiException.Invalid($"thinking.disabled: thinking cannot be disabled at effort '{effort}' on this model");
    }

    private static void CheckRange(JsonElement body, string name, double least, double most)
    {
        if (Number(body, name) is { } value && (value < least || value > most))
            throw ApiException.Invalid($"{name}: range: {least}..{most}");
    }

    private static double? Number(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
