using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Deletes a file.</summary>
public sealed class DeleteFileTool : ITool
{
    /// <inheritdoc />
    public string Name => "delete_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name)
            return ToolInput.Missing("path");

        var (path, problem) = await scene.ToWriteAsync(name, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            return ToolAnswer.Refused(problem);
        if (!scene.Workspace.Has(path))
            return ToolAnswer.Refused($"'{path}' does not exist.");
        if (await scene.StalenessAsync(path, isUnseenFine: true, cancellationToken).ConfigureAwait(false) is { } stale)
            return stale;

        scene.Workspace.Delete(path);
        return new ToolAnswer($"Deleted {path}.");
    }
}
