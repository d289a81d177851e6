using System.Text.Json;
using Planlane.Agents;

namespace Planlane.Tools;

/// <summary>Reports. It is answered by what follows from the report, so the agent's loop acts on it and not the tool.</summary>
public sealed class FinishTool : ITool
{
    /// <inheritdoc />
    public string Name => Turn.FinishTool;

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"status":{"type":"string","enum":["complete","blocked"]},"work":{"type":"string"},"notes":{"type":"string"},"evidence":{"type":"array","items":{"type":"object","properties":{"criterion":{"type":"integer"},"test":{"type":"string"},"file":{"type":"string"},"command":{"type":"string"}},"required":["criterion"]}}},"required":["status"]}""";

    /// <inheritdoc />
    public Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken) => Task.FromResult(new ToolAnswer("Noted."));
}
