using System.Text.Json;
using Planlane.Simulator.Caching;

namespace Planlane.Simulator.Wire;

/// <summary>A valid request for a message.</summary>
internal sealed record MessagesRequest(ServedModel Model, int MaxTokens, bool Stream, IReadOnlyList<OfferedTool> Tools, IReadOnlyList<Turn> Turns, Prompt Prompt)
{
    /// <summary>The text blocks of the first user message.</summary>
    public IEnumerable<string> Opening => Turns[0].Blocks.OfType<ContentBlock.Text>().Select(text => text.Value);
}

/// <summary>A tool that the request offers to the model.</summary>
internal sealed record OfferedTool(string Name, bool Eager);

/// <summary>All that one side said before the other spoke again.</summary>
internal sealed record Turn(string Role, IReadOnlyList<ContentBlock> Blocks)
{
    public bool IsUser => Role == "user";
}

/// <summary>One block of a message.</summary>
internal abstract record ContentBlock
{
    private ContentBlock()
    {
    }

    public sealed record Text(string Value) : ContentBlock;

    public sealed record ToolUse(string Id, string Name, JsonElement Input) : ContentBlock;

    public sealed record ToolResult(string ToolUseId, bool IsError, string Value) : ContentBlock;

    public sealed record Other(string Type) : ContentBlock;
}
