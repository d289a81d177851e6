using System.Text.Json;

namespace Planlane.Tools;

/// <summary>Reads a file of the workspace.</summary>
public sealed class ReadFileTool : ITool
{
    private const int MostCharacters = 60_000;

    /// <inheritdoc />
    public string Name => "read_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"}},"required":["path"],"additionalProperties":false}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name)
            return ToolInput.Missing("path");

        var path = ToolInput.PathOf(name);
        if (await scene.Workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } text)
            return new ToolAnswer(text.Length > MostCharacters ? $"{text[..MostCharacters]}\n… ({text.Length - MostCharacters} more characters)" : text);

        if (scene.Inbox.State.Tasks.FirstOrDefault(other => other.Id != scene.Task && other.Lane.Includes(path)) is { } owner)
            return ToolAnswer.Refused($"'{path}' belongs to {owner.Agent} ({owner.Task.Title}) and is not there for you yet. Build on your brief and the contracts; do not wait for it.");

        var near = scene.Workspace.Files.Where(file => file.Name.Equals(path.Name, StringComparison.OrdinalIgnoreCase)).Take(5).ToList();
        return ToolAnswer.Refused($"'{path}' is not a text file that you can see.{(near.Count > 0 ? $" Did you mean {string.Join(", ", near)}?" : "")}");
    }
}
