using System.Text.Json;
using Planlane.Agents;
using Planlane.Budgets;

namespace Planlane.Telemetry;

/// <summary>What is told of a call of a model.</summary>
internal static class ModelCallTags
{
    /// <summary>The attributes of its span.</summary>
    /// <remarks>The conventions count cached tokens as input: of Anthropic's three input kinds the sum is told, and two of them apart.</remarks>
    public static IEnumerable<KeyValuePair<string, object?>> Of(ModelCall call, AnswerStop? stop)
    {
        yield return new(Names.Operation, Names.Chat);
        yield return new(Names.Provider, Names.Anthropic);
        yield return new(Names.RequestModel, call.Model.Value);
        yield return new(Names.RequestStream, true);
        if (call.Agent is { } agent)
            yield return new(Names.Agent, agent.Value);
        if (stop is { } reason)
            yield return new(Names.FinishReasons, new[] { ReasonOf(reason) });
        if (call.FirstByteSeconds > 0)
            yield return new(Names.FirstChunk, call.FirstByteSeconds);
        foreach (var tag in Of(call.Usage, call.Cost))
            yield return tag;
    }

    /// <summary>What one or more calls used.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Of(Usage usage, Cost cost) =>
    [
        new(Names.InputTokens, usage.TotalInput),
        new(Names.OutputTokens, usage.Output),
        new(Names.CacheRead, usage.CacheRead),
        new(Names.CacheCreation, usage.CacheWrite + usage.CacheWriteLong),
        new(Names.CostUsd, (double)cost.Usd),
    ];

    /// <summary>An answer in the conventions' form of messages.</summary>
    public static string MessageOf(IEnumerable<AnswerBlock> answer, AnswerStop stop) => JsonSerializer.Serialize(new[]
    {
        new
        {
            role = "assistant",
            parts = answer.Select(object? (block) => block switch
            {
                AnswerBlock.Text text => new { type = "text", content = text.Value },
                AnswerBlock.Thinking thinking => new { type = "reasoning", content = thinking.Value },
                AnswerBlock.ToolCall call => new { type = "tool_call", id = call.Id, name = call.Name, arguments = call.Input },
                _ => null,
            }),
            finish_reason = ReasonOf(stop),
        },
    });

    // The conventions name the common ones; what is left has the vendor's word.
    private static string ReasonOf(AnswerStop stop) => stop switch
    {
        AnswerStop.EndTurn => "stop",
        AnswerStop.ToolUse => "tool_call",
        AnswerStop.MaxTokens => "length",
        AnswerStop.Refusal => "content_filter",
        AnswerStop.Paused => "pause_turn",
        _ => "model_context_window_exceeded",
    };
}
