using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Writes a file whole.</summary>
public sealed class WriteFileTool : ITool
{
    /// <inheritdoc />
    public string Name => "write_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},"required":["path","content"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name || input.Text("content") is not { } content)
            return ToolInput.Missing("path", "content");

        var (path, problem) = await scene.ToWriteAsync(name, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            return ToolAnswer.Refused(problem);
        if (await scene.StalenessAsync(path, isUnseenFine: false, cancellationToken).ConfigureAwait(false) is { } stale)
            return stale;

        var existed = scene.Workspace.Has(path);
        var there = existed ? await scene.Workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) : null;
        var instead = existed ? "Change only the lines around it, with edit_file." : "Leave it out, and read the value from the environment at run time.";
        if (ToolScene.MaskedRefusal(path, content, there, instead) is { } masked)
            return masked;
        await scene.Workspace.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
        return new ToolAnswer($"{(existed ? "Replaced" : "Created")} {path} ({content.Count(letter => letter == '\n')} lines). Call finish if that was all.");
    }
}
