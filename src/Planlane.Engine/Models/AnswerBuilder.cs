using System.Text;
using Microsoft.Extensions.AI;
using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>Puts the updates of one try together.</summary>
internal sealed class AnswerBuilder
{
    private readonly List<ModelBlock> _blocks = [];
    private readonly StringBuilder _text = new();
    private string? _model;
    private ChatFinishReason? _finish;
    private UsageDetails? _usage;
    private string? _prefix;

    public string RequestId { get; private set; } = "";

    public void Add(ChatResponseUpdate update)
    {
        _model = update.ModelId is { Length: > 0 } model ? model : _model;
        _finish = update.FinishReason ?? _finish;
        if (update.AdditionalProperties?.GetValueOrDefault(ChatKeys.RequestId) is string id)
            RequestId = id;
        if (update.AdditionalProperties?.GetValueOrDefault(ChatKeys.Prefix) is string prefix)
            _prefix = prefix;
        foreach (var content in update.Contents)
            Add(content);
    }

    /// <summary>The answer, or null when no finish reason came: then it is cut, and nobody may act on it.</summary>
    public ModelAnswer? Build(ModelRequest request, TimeSpan firstByte)
    {
        if (_finish is not { } finish)
            return null;
        EndText();
        return new ModelAnswer(
            _blocks.ToValueList(), StopOf(finish), UsageOf(_usage), _model is null ? request.Model : new ModelId(_model), RequestId, firstByte, firstByte)
        { Prefix = _prefix };
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent thinking:
                EndText();
                _blocks.Add(new ModelBlock.Thinking(
                    thinking.Text, thinking.ProtectedData ?? "", thinking.AdditionalProperties?.GetValueOrDefault(ChatKeys.Redacted) is true));
                break;
            case TextContent text:
                _text.Append(text.Text);
                break;
            case FunctionCallContent call:
                EndText();
                _blocks.Add(new ModelBlock.ToolCall(call.CallId, call.Name, ToolArguments.TextOf(call)));
                break;
            case UsageContent usage:
                _usage = usage.Details;
                break;
        }
    }

    private void EndText()
    {
        if (_text.Length == 0)
            return;
        _blocks.Add(new ModelBlock.Text(_text.ToString()));
        _text.Clear();
    }

    private static StopReason StopOf(ChatFinishReason finish) => finish.Value switch
    {
        "length" => StopReason.MaxTokens,
        "tool_calls" => StopReason.ToolUse,
        "content_filter" => StopReason.Refusal,
        ChatKeys.PauseTurn => StopReason.PauseTurn,
        ChatKeys.ContextExceeded => StopReason.ContextExceeded,
        ChatKeys.StopSequence => StopReason.StopSequence,
        _ => StopReason.EndTurn,
    };

    private static Usage UsageOf(UsageDetails? details)
    {
        if (details is null)
            return default;
        var read = details.CachedInputTokenCount ?? 0;
        var write = details.AdditionalCounts?.GetValueOrDefault(ChatKeys.CacheWrite) ?? 0;
        var writeLong = details.AdditionalCounts?.GetValueOrDefault(ChatKeys.CacheWriteLong) ?? 0;
        return new Usage((details.InputTokenCount ?? 0) - read - write, details.OutputTokenCount ?? 0, read, write - writeLong, writeLong);
    }
}
