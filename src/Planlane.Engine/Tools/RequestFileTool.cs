using System.Text.Json;
using Planlane.Agents;

namespace Planlane.Tools;

/// <summary>Asks for a file outside the lane; granted by rule when nobody owns it.</summary>
public sealed class RequestFileTool : ITool
{
    /// <inheritdoc />
    public string Name => "request_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"},"why":{"type":"string"}},"required":["path","why"],"additionalProperties":false}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name || input.Text("why") is not { } why)
            return ToolInput.Missing("path", "why");

        var path = ToolInput.PathOf(name);
        if (scene.Workspace.ConflictOf(path) is { } conflict)
            return ToolAnswer.Refused(conflict);
        if (scene.Refusal(path) is null)
            return new ToolAnswer($"'{path}' is already in your lane.");

        var state = await scene.Inbox.PostAsync(new FileRequested(scene.Task, path, why)).ConfigureAwait(false);
        return state.Task(scene.Task).Lane.Includes(path)
            ? new ToolAnswer($"Granted: '{path}' is in your lane now.")
            : ToolAnswer.Refused($"Not granted. {scene.Refusal(path)} Do the task without it, or finish as blocked.");
    }
}
