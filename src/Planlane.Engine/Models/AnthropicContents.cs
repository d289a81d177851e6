using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Planlane.Models;

/// <summary>Writes content blocks as the Messages API spells them.</summary>
internal static class AnthropicContents
{
    public static CacheLifetime LifetimeOf(AIContent content) =>
        content.AdditionalProperties?.GetValueOrDefault(ChatKeys.Cache) is CacheLifetime lifetime ? lifetime : CacheLifetime.None;

    // The API answers 400 to empty text blocks.
    public static bool IsSent(AIContent content) => content switch
    {
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        TextReasoningContent thinking => !string.IsNullOrEmpty(thinking.ProtectedData),
        FunctionCallContent or FunctionResultContent => true,
        _ => false,
    };

    public static void Write(Utf8JsonWriter writer, IEnumerable<AIContent> contents, HashSet<AIContent> breakpoints)
    {
        writer.WriteStartArray();
        foreach (var content in contents.Where(IsSent))
        {
            writer.WriteStartObject();
            WriteBlock(writer, content);
            if (content is not TextReasoningContent && breakpoints.Contains(content))
                WriteCacheControl(writer, LifetimeOf(content));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteBlock(Utf8JsonWriter writer, AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent redacted when redacted.AdditionalProperties?.GetValueOrDefault(ChatKeys.Redacted) is true:
                writer.WriteString("type", "redacted_thinking");
                writer.WriteString("data", redacted.ProtectedData);
                break;
            case TextReasoningContent thinking:
                writer.WriteString("type", "thinking");
                writer.WriteString("thinking", thinking.Text);
                writer.WriteString("signature", thinking.ProtectedData);
                break;
            case TextContent text:
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text);
                break;
            case FunctionCallContent call:
                writer.WriteString("type", "tool_use");
                writer.WriteString("id", call.CallId);
                writer.WriteString("name", call.Name);
                WriteInput(writer, call);
                break;
            case FunctionResultContent result:
                writer.WriteString("type", "tool_result");
                writer.WriteString("tool_use_id", result.CallId);
                writer.WriteString("content", result.Result?.ToString() ?? "");
                if (result.Exception is not null)
                    writer.WriteBoolean("is_error", true);
                break;
        }
    }

    private static void WriteInput(Utf8JsonWriter writer, FunctionCallContent call)
    {
        writer.WriteStartObject("input");
        foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>())
        {
            writer.WritePropertyName(name);
            if (value is JsonElement element)
                element.WriteTo(writer);
            else
                JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions);
        }
        writer.WriteEndObject();
    }

    private static void WriteCacheControl(Utf8JsonWriter writer, CacheLifetime lifetime)
    {
        writer.WriteStartObject("cache_control");
        writer.WriteString("type", "ephemeral");
        if (lifetime == CacheLifetime.OneHour)
            writer.WriteString("ttl", "1h");
        writer.WriteEndObject();
    }
}
