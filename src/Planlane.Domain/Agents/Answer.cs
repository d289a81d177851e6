using System.Text.Json.Serialization;

namespace Planlane.Agents;

/// <summary>A part of a model's answer.</summary>
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Thinking), "thinking")]
[JsonDerivedType(typeof(ToolCall), "tool_call")]
public abstract record AnswerBlock
{
    private AnswerBlock()
    {
    }

    /// <summary>Words.</summary>
    /// <param name="Value">The text; not empty.</param>
    public sealed record Text(string Value) : AnswerBlock;

    /// <summary>Reasoning that goes back to the same model unchanged.</summary>
    /// <param name="Value">The readable part; often empty.</param>
    /// <param name="Signature">What proves to the vendor that the block is its own.</param>
    /// <param name="IsRedacted">Whether the vendor withheld the block.</param>
    public sealed record Thinking(string Value, string Signature, bool IsRedacted) : AnswerBlock;

    /// <summary>A tool that the model wants to be run.</summary>
    /// <param name="Id">Names the call; its result carries the same id.</param>
    /// <param name="Name">The tool.</param>
    /// <param name="Input">The arguments, a JSON object.</param>
    public sealed record ToolCall(string Id, string Name, string Input) : AnswerBlock;
}

/// <summary>Why a model's answer ended.</summary>
public enum AnswerStop
{
    /// <summary>The model had said all.</summary>
    EndTurn,

    /// <summary>The model waits for the results of its tool calls.</summary>
    ToolUse,

    /// <summary>The answer was cut off at the most output tokens; a last tool call may be incomplete and is never run.</summary>
    MaxTokens,

    /// <summary>The model refused.</summary>
    Refusal,

    /// <summary>The model's service paused a long turn; the same messages with the answer go on.</summary>
    Paused,

    /// <summary>The context window is full; the answer is cut off.</summary>
    ContextExceeded,
}

/// <summary>What a tool call gave, as the model reads it.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Text">What the model reads; on an error also what it can do about it.</param>
/// <param name="IsError">Whether the call was refused or failed.</param>
public sealed record ToolResult(string CallId, string Text, bool IsError);
