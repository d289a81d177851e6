using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Planlane.Models;

/// <summary>A tool as <c>Microsoft.Extensions.AI</c> declares it: told to the model, never called by the chat client.</summary>
internal sealed class ToolDeclaration(ModelTool tool) : AIFunctionDeclaration
{
    public override string Name => tool.Name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema { get; } = JsonElement.Parse(tool.InputSchema);

    public bool Strict => tool.Strict;
}
