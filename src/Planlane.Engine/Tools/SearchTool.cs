using System.Text.Json;
using Planlane.Git;

namespace Planlane.Tools;

/// <summary>Searches the files that the agent was born with.</summary>
/// <param name="repository">The repository.</param>
public sealed class SearchTool(GitRepository repository) : ITool
{
    private const int MostHits = 60;

    /// <inheritdoc />
    public string Name => "search";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"pattern":{"type":"string"},"path":{"type":"string"}},"required":["pattern"],"additionalProperties":false}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("pattern") is not { Length: > 0 } pattern)
            return ToolInput.Missing("pattern");

        var limit = input.Text("path") is { Length: > 0 } folder ? new[] { $":(top,glob){ToolInput.PathOf(folder).Value.TrimEnd('/')}{(folder.Contains('*') ? "" : "/**")}", $":(top,literal){ToolInput.PathOf(folder)}" } : [];
        var answer = await repository.GrepAsync(scene.Inbox.State.BirthTree!.Value, pattern, limit, MostHits, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is { } problem)
            return ToolAnswer.Refused($"The pattern is not a POSIX extended regular expression: {problem}");
        return new ToolAnswer(answer.Hits.Count == 0
            ? "No line matches."
            : string.Join('\n', answer.Hits.Select(hit => $"{hit.Path}:{hit.Line}:{hit.Text}")) + (answer.Truncated ? "\n… more lines match; narrow the pattern or give a path." : ""));
    }
}
