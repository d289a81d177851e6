using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Models;

/// <summary>A whole answer of a model: only made of a stream that came to its end.</summary>
/// <param name="Blocks">What the model said, in order; empty when it refused before it began.</param>
/// <param name="Stop">Why it stopped.</param>
/// <param name="Usage">The tokens of this answer, as the vendor counted them; without those of tries that failed.</param>
/// <param name="Model">The model that answered, as the vendor names it.</param>
/// <param name="RequestId">What the vendor's support asks for; empty when unknown.</param>
/// <param name="FirstByte">From the start of the successful try to the first event of its stream.</param>
/// <param name="Total">From the call to the end of the stream: failed tries and waiting included.</param>
public sealed record ModelAnswer(
    ValueList<ModelBlock> Blocks,
    StopReason Stop,
    Usage Usage,
    ModelId Model,
    string RequestId,
    TimeSpan FirstByte,
    TimeSpan Total)
{
    /// <summary>How often the request was sent; 1 when nothing failed.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>Tokens that broken tries reported before they broke: probably billed, and at least that much.</summary>
    public Usage Lost { get; init; }

    /// <summary>What the bytes of the request up to its first cache mark hash to; null when it has no mark, or the client does not tell.</summary>
    public string? Prefix { get; init; }

    /// <summary>The text blocks, joined.</summary>
    public string Text => string.Concat(Blocks.OfType<ModelBlock.Text>().Select(block => block.Value));

    /// <summary>The tool calls, in the order in which the model asked for them; not to be run unless <see cref="Stop"/> is <see cref="StopReason.ToolUse"/>.</summary>
    public IEnumerable<ModelBlock.ToolCall> ToolCalls => Blocks.OfType<ModelBlock.ToolCall>();
}
