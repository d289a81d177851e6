using System.Text.Json;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>Lists files of the workspace.</summary>
public sealed class ListFilesTool : ITool
{
    private const int MostFiles = 300;
    private const int MostFolders = 100;

    /// <inheritdoc />
    public string Name => "list_files";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"}}}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        var asked = (input.Text("path") ?? "").Trim().Replace('\\', '/');
        var (files, problem) = await MatchingAsync(asked, scene, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            return ToolAnswer.Refused(problem);
        if (files.Count == 0)
            return ToolAnswer.Refused($"No file matches '{asked}'.");
        return new ToolAnswer(files.Count <= MostFiles ? string.Join('\n', files) : Summed(files));
    }

    private static async Task<(List<RepoPath> Files, string? Problem)> MatchingAsync(string asked, ToolScene scene, CancellationToken cancellationToken)
    {
        if (asked.Contains('*') || asked.Contains('?'))
        {
            var glob = asked.StartsWith("./", StringComparison.Ordinal) ? asked[2..] : asked;
            var pattern = new Glob(glob.Contains('/') ? glob : $"**/{glob}");
            return (pattern.Problem is { } wrong ? [] : scene.Workspace.Files.Where(pattern.Matches).ToList(), pattern.Problem is null ? null : $"The pattern '{asked}' {pattern.Problem}.");
        }

        if (asked is "" or "." or "./" or "/")
            return (scene.Workspace.Files.ToList(), null);
        var found = await scene.Paths.ToReadAsync(asked, cancellationToken).ConfigureAwait(false);
        var below = found.Path.Value + "/";
        return (scene.Workspace.Files.Where(file => file == found.Path || file.Value.StartsWith(below, StringComparison.Ordinal)).ToList(), found.Problem);
    }

    // Folders with their counts, as deep as there is room for.
    private static string Summed(List<RepoPath> files)
    {
        var depth = 1;
        while (Folders(files, depth + 1).Take(MostFolders + 1).Count() is <= MostFolders and var more && more > Folders(files, depth).Count())
            depth++;
        return $"{files.Count} files, too many to list; name a folder or a narrower pattern:\n"
            + string.Join('\n', Folders(files, depth).Take(MostFolders).Select(group => group.Count() == 1 ? group.First().Value : $"{group.Key}/ ({group.Count()} files)"))
            + (Folders(files, depth).Count() > MostFolders ? "\n…" : "");
    }

    private static IEnumerable<IGrouping<string, RepoPath>> Folders(List<RepoPath> files, int depth) =>
        files.GroupBy(file => string.Join('/', file.Value.Split('/').SkipLast(1).Take(depth).DefaultIfEmpty(file.Name)));
}
