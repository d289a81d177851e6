using System.Diagnostics;
using System.Text.Json;
using Planlane.Models;
using Planlane.Values;

namespace Planlane.Agents;

/// <summary>Between what a model said and what a run records of it.</summary>
public static class AnswerMapping
{
    /// <summary>What a run records of an answer. A tool call whose arguments are no JSON object gets an empty one, so that its tool refuses it with what it needs.</summary>
    public static ValueList<AnswerBlock> BlocksOf(ModelAnswer answer) => answer.Blocks.Select(block => block switch
    {
        ModelBlock.Text text => new AnswerBlock.Text(text.Value),
        ModelBlock.Thinking thinking => new AnswerBlock.Thinking(thinking.Value, thinking.Signature, thinking.IsRedacted),
        ModelBlock.ToolCall call => (AnswerBlock)new AnswerBlock.ToolCall(call.Id, call.Name, IsObject(call.Arguments) ? call.Arguments : "{}"),
        _ => throw new UnreachableException(),
    }).ToValueList();

    /// <summary>Why a run's answer ended.</summary>
    public static AnswerStop StopOf(StopReason stop) => stop switch
    {
        StopReason.ToolUse => AnswerStop.ToolUse,
        StopReason.MaxTokens => AnswerStop.MaxTokens,
        StopReason.Refusal => AnswerStop.Refusal,
        StopReason.PauseTurn => AnswerStop.Paused,
        StopReason.ContextExceeded => AnswerStop.ContextExceeded,
        _ => AnswerStop.EndTurn,
    };

    /// <summary>A recorded turn as the model's message, as <paramref name="model"/> may read it: reasoning goes back only to the model that wrote it.</summary>
    public static ModelMessage MessageOf(Turn turn, ModelId model)
    {
        var blocks = turn.Answer.Where(block => block is not AnswerBlock.Thinking || turn.Call.Model == model)
            .Where(block => block is not AnswerBlock.ToolCall call || turn.ToolCalls.Contains(call))
            .Select(block => block switch
            {
                AnswerBlock.Text text => new ModelBlock.Text(text.Value),
                AnswerBlock.Thinking thinking => new ModelBlock.Thinking(thinking.Value, thinking.Signature, thinking.IsRedacted),
                AnswerBlock.ToolCall call => (ModelBlock)new ModelBlock.ToolCall(call.Id, call.Name, call.Input),
                _ => throw new UnreachableException(),
            }).ToValueList();
        return new ModelMessage(ModelRole.Assistant, blocks.Count > 0 ? blocks : [new ModelBlock.Text("(no answer)")]);
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
