using System.Text.Json;
using Planlane.Values;

namespace Planlane.Tools;

/// <summary>Replaces an exact text that occurs once in a file.</summary>
public sealed class EditFileTool : ITool
{
    private const int MostShownLines = 400;

    /// <inheritdoc />
    public string Name => "edit_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"},"old_text":{"type":"string"},"new_text":{"type":"string"}},"required":["path","old_text","new_text"],"additionalProperties":false}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name || input.Text("old_text") is not { Length: > 0 } wanted || input.Text("new_text") is not { } replacement)
            return ToolInput.Missing("path", "old_text (not empty)", "new_text");

        var path = ToolInput.PathOf(name);
        if (scene.Refusal(path) is { } refusal)
            return ToolAnswer.Refused(refusal);
        if (await scene.Workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } text)
            return ToolAnswer.Refused(scene.Workspace.Has(path) ? $"'{path}' is not UTF-8 text, so it cannot be edited." : $"'{path}' does not exist. Write it with write_file.");

        // Models write LF; a file with CRLF is matched and kept as it is.
        if (text.Contains("\r\n") && !wanted.Contains('\r'))
            (wanted, replacement) = (wanted.ReplaceLineEndings("\r\n"), replacement.ReplaceLineEndings("\r\n"));
        var at = text.IndexOf(wanted, StringComparison.Ordinal);
        if (at < 0)
            return ToolAnswer.Refused($"old_text does not occur in '{path}'. {Shown(path, text)}");
        if (text.IndexOf(wanted, at + 1, StringComparison.Ordinal) >= 0)
            return ToolAnswer.Refused($"old_text occurs more than once in '{path}'. Take more lines around the place so that it is unique.");

        await scene.Workspace.WriteAsync(path, string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + wanted.Length)), cancellationToken).ConfigureAwait(false);
        return new ToolAnswer($"Changed {path}.");
    }

    private static string Shown(RepoPath path, string text)
    {
        var lines = text.Split('\n');
        return lines.Length <= MostShownLines
            ? $"The file now reads:\n<file path=\"{path}\">\n{text}\n</file>"
            : $"It has {lines.Length} lines; read the place with read_file and copy old_text exactly.";
    }
}
