using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Tools;

/// <summary>Reads files of the workspace, or lines of them.</summary>
public sealed partial class ReadFilesTool : ITool
{
    private const int MostCharacters = 80_000;

    /// <inheritdoc />
    public string Name => "read_files";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"paths":{"type":"array","items":{"type":"string"}}},"required":["paths"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Texts("paths") is not { } asked)
            return ToolInput.Missing("paths (a list of texts)");

        var text = new StringBuilder();
        var hasRead = false;
        for (var i = 0; i < asked.Count; i++)
        {
            if (text.Length >= MostCharacters)
            {
                text.Append($"Not read, as one answer holds at most {MostCharacters} characters: {string.Join(", ", asked.Skip(i))}");
                break;
            }

            var block = await OneAsync(asked[i], scene, MostCharacters - text.Length, cancellationToken).ConfigureAwait(false);
            text.Append(block.Text).Append('\n');
            hasRead |= !block.IsError;
        }

        return new ToolAnswer(text.ToString().TrimEnd('\n'), !hasRead);
    }

    private static async Task<ToolAnswer> OneAsync(string asked, ToolScene scene, int room, CancellationToken cancellationToken)
    {
        var (name, first, last) = RangeOf(asked, scene);
        var found = await scene.Paths.ToReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (found.Problem is { } problem)
            return ToolAnswer.Refused(problem);
        if (await scene.Workspace.ReadAsync(found.Path, cancellationToken).ConfigureAwait(false) is not { } whole)
            return ToolAnswer.Refused(Absent(found.Path, scene));

        scene.Workspace.See(found.Path);
        // Before lines are taken out of it, which could leave the line behind by which a private key is known.
        var text = scene.Inbox.Secrets.Of(whole);
        var lines = FileText.LinesOf(text);
        if (first is { } from)
        {
            return from > lines.Length
                ? ToolAnswer.Refused($"'{found.Path}' has {lines.Length} lines.")
                : Fitting(found.Path, lines, from, Math.Clamp(last ?? lines.Length, from, lines.Length), room);
        }

        return text.Length <= room ? new ToolAnswer(FileText.Block(found.Path, text)) : Fitting(found.Path, lines, 1, lines.Length, room);
    }

    // As many whole lines as there is room for; a single line may be cut.
    private static ToolAnswer Fitting(RepoPath path, string[] lines, int first, int last, int room)
    {
        var end = first;
        for (var used = lines[first - 1].Length; end < last && used + lines[end].Length < room; end++)
            used += lines[end].Length + 1;
        if (lines[first - 1].Length > room)
            lines[first - 1] = lines[first - 1][..room] + "…";
        var rest = end < last ? $"\n'{path}' goes on: read \"{path}:{end + 1}-{last}\"." : "";
        return new ToolAnswer(FileText.Block(path, lines, first, end) + rest);
    }

    private static (string Name, int? First, int? Last) RangeOf(string asked, ToolScene scene)
    {
        if (scene.Workspace.SpellingOf(asked) is not null || Ranged().Match(asked) is not { Success: true } match)
            return (asked, null, null);
        int? Number(string group) => match.Groups[group].Success && int.TryParse(match.Groups[group].Value, out var number) ? number : null;
        var first = Math.Max(1, Number("first") ?? 1);
        return (match.Groups["name"].Value, first, match.Groups["to"].Success ? Number("last") : first);
    }

    private static string Absent(RepoPath path, ToolScene scene)
    {
        if (scene.Workspace.Has(path))
            return $"'{path}' is not UTF-8 text.";
        if (scene.Inbox.State.Tasks.FirstOrDefault(other => other.Id != scene.Task && other.Lane.Includes(path)) is { } owner)
            return $"'{path}' belongs to {owner.Agent} ({owner.Task.Title}) and is not there for you yet. Build on your brief and the contracts; do not wait for it.";
        var near = scene.Workspace.Files.Where(file => file.Name.Equals(path.Name, StringComparison.OrdinalIgnoreCase)).Take(5).ToList();
        return scene.Workspace.Files.Any(file => file.Value.StartsWith(path.Value + "/", StringComparison.Ordinal))
            ? $"'{path}' is a folder; list_files shows what is in it."
            : $"'{path}' does not exist.{(near.Count > 0 ? $" Did you mean {string.Join(", ", near)}?" : "")}";
    }

    [GeneratedRegex(@"^(?<name>.+?):(?<first>\d+)(?<to>-(?<last>\d+)?)?$")]
    private static partial Regex Ranged();
}
