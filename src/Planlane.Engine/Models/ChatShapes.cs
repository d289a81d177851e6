using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Our requests in the shapes of <c>Microsoft.Extensions.AI</c>.</summary>
internal static class ChatShapes
{
    // All agents have the same tools: their schemas are parsed once.
    private static readonly ConditionalWeakTable<ValueList<ModelTool>, AITool[]> Declared = [];

    public static List<ChatMessage> MessagesOf(ModelRequest request)
    {
        var messages = new List<ChatMessage>(request.Messages.Count + 1);
        if (request.System.Count > 0)
            messages.Add(new ChatMessage(ChatRole.System, [.. request.System.Select(ContentOf)]));
        foreach (var message in request.Messages)
            messages.Add(new ChatMessage(RoleOf(message), [.. message.Blocks.Select(ContentOf)]));
        return messages;
    }

    public static ChatOptions OptionsOf(ModelRequest request) => new()
    {
        ModelId = request.Model.Value,
        MaxOutputTokens = request.MaxOutputTokens,
        Tools = Declared.GetValue(request.Tools, tools => [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal).Select(tool => new ToolDeclaration(tool))]),
        ResponseFormat = request.OutputSchema is { } schema ? ChatResponseFormat.ForJsonSchema(JsonElement.Parse(schema)) : null,
        Reasoning = request.Effort is { } effort ? new ReasoningOptions { Effort = EffortOf(effort) } : null,
    };

    private static ChatRole RoleOf(ModelMessage message) =>
        message.Role == ModelRole.Assistant ? ChatRole.Assistant
        : message.Blocks.Any(block => block is ModelBlock.ToolResult) ? ChatRole.Tool
        : ChatRole.User;

    private static ReasoningEffort EffortOf(ModelEffort effort) => effort switch
    {
        ModelEffort.Low => ReasoningEffort.Low,
        ModelEffort.Medium => ReasoningEffort.Medium,
        ModelEffort.High => ReasoningEffort.High,
        _ => ReasoningEffort.ExtraHigh,
    };

    private static AIContent ContentOf(ModelBlock block)
    {
        AIContent content = block switch
        {
            ModelBlock.Text text => new TextContent(text.Value),
            ModelBlock.Thinking thinking => new TextReasoningContent(thinking.Value) { ProtectedData = thinking.Signature },
            ModelBlock.ToolCall call => ToolArguments.ToCall(call.Id, call.Name, call.Arguments),
            ModelBlock.ToolResult result => new FunctionResultContent(result.CallId, result.Content)
            {
                Exception = result.IsError ? new InvalidOperationException(result.Content) : null,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(block)),
        };
        if (block is ModelBlock.Thinking { IsRedacted: true })
            (content.AdditionalProperties ??= [])[ChatKeys.Redacted] = true;
        if (block.Cache != CacheLifetime.None)
            (content.AdditionalProperties ??= [])[ChatKeys.Cache] = block.Cache;
        return content;
    }
}
