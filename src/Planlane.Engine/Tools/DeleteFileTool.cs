using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Deletes a file.</summary>
public sealed class DeleteFileTool : ITool
{
    /// <inheritdoc />
    public string Name => "delete_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"}},"required":["path"],"additionalProperties":false}""";

    /// <inheritdoc />
    public Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken) => Task.FromResult(Run(input, scene));

    private static ToolAnswer Run(JsonElement input, ToolScene scene)
    {
        if (input.Text("path") is not { } name)
            return ToolInput.Missing("path");

        var path = ToolInput.PathOf(name);
        if (scene.Refusal(path) is { } refusal)
            return ToolAnswer.Refused(refusal);
        if (!scene.Workspace.Has(path))
            return ToolAnswer.Refused($"'{path}' does not exist.");

        scene.Workspace.Delete(path);
        return new ToolAnswer($"Deleted {path}.");
    }
}
