using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Planlane.Models;

/// <summary>Writes the body of a request to the Messages API.</summary>
/// <remarks>
/// What is compared by the prompt cache comes first and depends on nothing else: model, tools, system, messages. The order of members is fixed here,
/// because typed parameters of the package are reordered by their hash once there are more than ten.
/// </remarks>
internal static class AnthropicBody
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Written once for each list of tools: most requests offer the same.
    private static readonly ConditionalWeakTable<IList<AITool>, object> Written = [];

    public static IReadOnlyDictionary<string, JsonElement> Nothing { get; } = new Dictionary<string, JsonElement>();

    public static Dictionary<string, JsonElement> Of(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var all = messages.ToList();
        var breakpoints = Breakpoints(all);
        var body = new Dictionary<string, JsonElement> { ["model"] = Json(writer => writer.WriteStringValue(options.ModelId)) };
        if (options.Tools is { Count: > 0 } tools)
            body["tools"] = (JsonElement)Written.GetValue(tools, list => Json(writer => WriteTools(writer, list)));
        var system = all.Where(message => message.Role == ChatRole.System).SelectMany(message => message.Contents).ToList();
        if (system.Count > 0)
            body["system"] = Json(writer => AnthropicContents.Write(writer, system, breakpoints));
        body["messages"] = Json(writer => WriteMessages(writer, all, breakpoints));
        body["max_tokens"] = Json(writer => writer.WriteNumberValue(options.MaxOutputTokens ?? 4096));
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: not null } || options.Reasoning?.Effort is not null)
            body["output_config"] = Json(writer => WriteOutput(writer, options));
        return body;
    }

    // The API takes four. The first holds what all agents of a run share, the last ones the growing conversation: these earn most.
    private static HashSet<AIContent> Breakpoints(IEnumerable<ChatMessage> messages)
    {
        var marked = messages.OrderBy(message => message.Role == ChatRole.System ? 0 : 1)
            .SelectMany(message => message.Contents)
            .Where(content => AnthropicContents.LifetimeOf(content) != CacheLifetime.None && AnthropicContents.IsSent(content))
            .ToList();
        var kept = marked.Count <= ModelRequest.MaxBreakpoints ? marked : [marked[0], .. marked[^(ModelRequest.MaxBreakpoints - 1)..]];
        return new HashSet<AIContent>(kept, ReferenceEqualityComparer.Instance);
    }

    private static void WriteTools(Utf8JsonWriter writer, IEnumerable<AITool> tools)
    {
        writer.WriteStartArray();
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            writer.WriteString("description", tool.Description);
            writer.WritePropertyName("input_schema");
            tool.JsonSchema.WriteTo(writer);
            if (tool is ToolDeclaration { Strict: true })
                writer.WriteBoolean("strict", true);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteMessages(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages, HashSet<AIContent> breakpoints)
    {
        writer.WriteStartArray();
        foreach (var message in messages.Where(message => message.Role != ChatRole.System && message.Contents.Any(AnthropicContents.IsSent)))
        {
            writer.WriteStartObject();
            writer.WriteString("role", message.Role == ChatRole.Assistant ? "assistant" : "user");
            writer.WritePropertyName("content");
            AnthropicContents.Write(writer, message.Contents, breakpoints);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteOutput(Utf8JsonWriter writer, ChatOptions options)
    {
        writer.WriteStartObject();
        if (options.Reasoning?.Effort is { } effort)
        {
            writer.WriteString("effort", effort switch
            {
                ReasoningEffort.None or ReasoningEffort.Low => "low",
                ReasoningEffort.Medium => "medium",
                ReasoningEffort.High => "high",
                _ => "xhigh",
            });
        }
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            writer.WriteStartObject("format");
            writer.WriteString("type", "json_schema");
            writer.WritePropertyName("schema");
            schema.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
            write(writer);
        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
