using System.Text.Json;
using Planlane.Git;
using Planlane.Reports;

namespace Planlane.Tools;

/// <summary>Searches the files as the agent sees them now, its own writes included.</summary>
/// <remarks>
/// An agent's files are no files on disk, so ripgrep would have nothing to read: the tree that the agent sees is made in the object database, which costs the objects of what it wrote,
/// and git searches that, on all processors.
/// </remarks>
/// <param name="repository">The repository.</param>
/// <param name="collector">Makes the tree.</param>
public sealed class SearchTool(GitRepository repository, ReportCollector collector) : ITool
{
    private const int MostHits = 60;

    /// <inheritdoc />
    public string Name => "search";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"pattern":{"type":"string"},"path":{"type":"string"}},"required":["pattern"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("pattern") is not { Length: > 0 } pattern)
            return ToolInput.Missing("pattern");
        var (limit, problem) = await LimitAsync(input.Text("path")?.Trim() ?? "", scene, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            return ToolAnswer.Refused(problem);

        var tree = await collector.TreeOf(scene.Inbox.State.BirthTree!.Value, [scene.Workspace.Layers], cancellationToken).ConfigureAwait(false);
        var answer = await repository.GrepAsync(tree, ExtendedPattern.Of(pattern), limit, MostHits, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is { } wrong)
            return ToolAnswer.Refused($"The pattern is not a POSIX extended regular expression: {wrong}");
        return new ToolAnswer(answer.Hits.Count == 0
            ? "No line matches."
            : string.Join('\n', answer.Hits.Select(hit => $"{hit.Path}:{hit.Line}:{hit.Text}")) + (answer.Truncated ? "\n… more lines match; narrow the pattern or give a path." : ""));
    }

    private static async Task<(string[] Limit, string? Problem)> LimitAsync(string path, ToolScene scene, CancellationToken cancellationToken)
    {
        if (path is "" or "." or "./" or "/")
            return ([], null);
        if (path.Contains('*') || path.Contains('?'))
            return ([$":(top,glob){(path.Contains('/') ? "" : "**/")}{path}"], null);
        var found = await scene.Paths.ToReadAsync(path, cancellationToken).ConfigureAwait(false);
        return ([$":(top,literal){found.Path}"], found.Problem);
    }
}
