using System.Text.Json;
using Planlane.Values;

namespace Planlane.Tools;

/// <summary>Replaces exact texts that occur once in a file: all of them, or none.</summary>
public sealed class EditFileTool : ITool
{
    private const int ShortFile = 120;
    private const int MarginLines = 3;

    /// <inheritdoc />
    public string Name => "edit_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"},"edits":{"type":"array","items":{"type":"object","properties":{"old_text":{"type":"string"},"new_text":{"type":"string"}},"required":["old_text","new_text"]}}},"required":["path","edits"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name || EditsOf(input) is not { } edits)
            return ToolInput.Missing("path", "edits (each with an old_text, not empty, and a new_text)");

        var (path, problem) = await scene.ToWriteAsync(name, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            return ToolAnswer.Refused(problem);
        if (!scene.Workspace.Has(path))
            return ToolAnswer.Refused($"'{path}' does not exist. Write it with write_file.");
        if (await scene.Workspace.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } text)
            return ToolAnswer.Refused($"'{path}' is not UTF-8 text, so it cannot be edited.");
        if (await scene.StalenessAsync(path, isUnseenFine: false, cancellationToken).ConfigureAwait(false) is { } stale)
            return stale;

        if (edits.Select(edit => ToolScene.MaskedRefusal(path, edit.Old + edit.New, text, "Take an old_text and a new_text beside it that have none of it.")).FirstOrDefault(refusal => refusal is not null) is { } masked)
            return masked;

        for (var i = 0; i < edits.Count; i++)
        {
            var (edited, miss) = Apply(path, text, edits[i]);
            if (edited is null)
                return ToolAnswer.Refused((edits.Count == 1 ? "" : $"Edit {i + 1} of {edits.Count} does not fit, so none was made. ") + miss);
            text = edited;
        }

        await scene.Workspace.WriteAsync(path, text, cancellationToken).ConfigureAwait(false);
        return new ToolAnswer($"Changed {path}{(edits.Count == 1 ? "" : $" in {edits.Count} places")}.");
    }

    private static List<(string Old, string New)>? EditsOf(JsonElement input)
    {
        var edits = new List<(string Old, string New)>();
        foreach (var item in input.Items("edits") ?? [])
        {
            if (item.Text("old_text") is not { Length: > 0 } old || item.Text("new_text") is not { } replacement)
                return null;
            edits.Add((old, replacement));
        }

        return edits.Count > 0 ? edits : null;
    }

    private static (string? Edited, string Miss) Apply(RepoPath path, string text, (string Old, string New) edit)
    {
        var (wanted, replacement) = edit;
        // Models write LF; a file with CRLF is matched and kept as it is.
        if (text.Contains("\r\n") && !wanted.Contains('\r'))
            (wanted, replacement) = (wanted.ReplaceLineEndings("\r\n"), replacement.ReplaceLineEndings("\r\n"));
        var places = PlacesOf(text, wanted);
        return places switch
        {
            [] => (null, Missed(path, text, wanted)),
            [var at] => (string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + wanted.Length)), ""),
            _ => (null, $"old_text occurs {places.Count} times in '{path}', at the lines {string.Join(", ", places.Select(at => LineOf(text, at)))}. Take more lines around the place so that it is unique."),
        };
    }

    private static List<int> PlacesOf(string text, string wanted)
    {
        var places = new List<int>();
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0 && places.Count < 50; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
            places.Add(at);
        return places;
    }

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    private static string Missed(RepoPath path, string text, string wanted)
    {
        var lines = FileText.LinesOf(text);
        if (NearestBlock.Of(lines, FileText.LinesOf(wanted)) is { } near)
        {
            var (first, last) = (Math.Max(1, near.First - MarginLines), Math.Min(lines.Length, near.Last + MarginLines));
            var cause = near.IsSpacing ? "only white space differs" : "it resembles most";
            return $"old_text does not occur in '{path}'. Here {cause} (lines {near.First}-{near.Last}):\n{FileText.Numbered(lines, first, last)}";
        }

        return $"old_text does not occur in '{path}', and nothing there resembles it. " + (lines.Length is > 0 and <= ShortFile ? $"The file:\n{FileText.Numbered(lines, 1, lines.Length)}" : $"It has {lines.Length} lines.");
    }
}
