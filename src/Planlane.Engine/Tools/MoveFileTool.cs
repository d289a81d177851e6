using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Moves or renames a file, with its mode.</summary>
public sealed class MoveFileTool : ITool
{
    /// <inheritdoc />
    public string Name => "move_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"from":{"type":"string"},"to":{"type":"string"}},"required":["from","to"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("from") is not { } old || input.Text("to") is not { } @new)
            return ToolInput.Missing("from", "to");

        var from = await scene.ToWriteAsync(old, cancellationToken).ConfigureAwait(false);
        var to = await scene.ToWriteAsync(@new, cancellationToken).ConfigureAwait(false);
        if ((from.Problem ?? to.Problem) is { } problem)
            return ToolAnswer.Refused(problem);
        if (!scene.Workspace.Has(from.Path))
            return ToolAnswer.Refused($"'{from.Path}' does not exist.");
        if (scene.Workspace.Has(to.Path))
            return ToolAnswer.Refused($"'{to.Path}' exists already; delete it first if it is to be replaced.");
        if (await scene.StalenessAsync(from.Path, isUnseenFine: true, cancellationToken).ConfigureAwait(false) is { } stale)
            return stale;

        scene.Workspace.Move(from.Path, to.Path);
        return new ToolAnswer($"Moved {from.Path} to {to.Path}.");
    }
}
