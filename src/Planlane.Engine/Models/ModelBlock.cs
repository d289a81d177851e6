using System.Text.Json.Serialization;

namespace Planlane.Models;

/// <summary>One block of a message: a closed set, equal by content.</summary>
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Thinking), "thinking")]
[JsonDerivedType(typeof(ToolCall), "tool_call")]
[JsonDerivedType(typeof(ToolResult), "tool_result")]
public abstract record ModelBlock
{
    private ModelBlock()
    {
    }

    /// <summary>Asks to cache the request up to and with this block. A request has at most <see cref="ModelRequest.MaxBreakpoints"/> of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CacheLifetime Cache { get; init; }

    /// <summary>Words of the user or the model.</summary>
    /// <param name="Value">The words; a request leaves out a block that is empty or blank, as the API refuses it.</param>
    public sealed record Text(string Value) : ModelBlock;

    /// <summary>The model's reasoning, which must go back unchanged while its tool calls are being answered; never a breakpoint.</summary>
    /// <remarks>Bound to the model that wrote it: leave it out when another model goes on.</remarks>
    /// <param name="Value">The readable reasoning; often empty, as newer models do not show it.</param>
    /// <param name="Signature">What proves to the vendor that the block is its own; the encrypted reasoning of a redacted block.</param>
    /// <param name="IsRedacted">Whether the vendor withheld the block as a whole.</param>
    public sealed record Thinking(string Value, string Signature, bool IsRedacted = false) : ModelBlock;

    /// <summary>A call of a tool that the model asks for.</summary>
    /// <param name="Id">Names the call; its result names it again.</param>
    /// <param name="Name">The tool.</param>
    /// <param name="Arguments">A JSON object as the model wrote it; not valid JSON when the answer was cut at its token limit.</param>
    public sealed record ToolCall(string Id, string Name, string Arguments) : ModelBlock;

    /// <summary>What a tool call brought. All results of a turn belong into one user message, before any text.</summary>
    /// <param name="CallId">The call that is answered.</param>
    /// <param name="Content">What the model reads.</param>
    /// <param name="IsError">Whether the call was refused or failed.</param>
    public sealed record ToolResult(string CallId, string Content, bool IsError = false) : ModelBlock;
}
