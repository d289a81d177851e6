using System.Text.Json;
using Planlane.Agents;
using Planlane.Git;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Values;

namespace Planlane.Tools;

/// <summary>The tools of an agent.</summary>
/// <param name="repository">The repository that is searched.</param>
public sealed class ToolBox(GitRepository repository)
{
    private readonly Dictionary<string, ITool> _tools = All(repository).ToDictionary(tool => tool.Name);

    /// <summary>The tools as models read them, by name; the same bytes in every run.</summary>
    public static ValueList<ModelTool> Declarations { get; } = All(null!).OrderBy(tool => tool.Name, StringComparer.Ordinal)
        .Select(tool => new ModelTool(tool.Name, Prompts.Read($"Tools/{tool.GetType().Name}.md"), tool.InputSchema)).ToValueList();

    /// <summary>Runs the calls of a turn in their order, but for <c>finish</c>.</summary>
    public async Task<ValueList<ToolResult>> RunAsync(Turn turn, ToolScene scene, CancellationToken cancellationToken)
    {
        var results = new List<ToolResult>();
        foreach (var call in turn.ToolCalls.Where(call => call.Name != Turn.FinishTool))
        {
            using var input = JsonDocument.Parse(call.Input);
            var answer = _tools.TryGetValue(call.Name, out var tool)
                ? await tool.RunAsync(input.RootElement, scene, cancellationToken).ConfigureAwait(false)
                : ToolAnswer.Refused($"There is no tool '{call.Name}'. There are: {string.Join(", ", _tools.Keys.Order(StringComparer.Ordinal))}.");
            results.Add(new ToolResult(call.Id, answer.Text, answer.IsError));
        }

        return results.ToValueList();
    }

    private static IEnumerable<ITool> All(GitRepository repository) =>
        [new DeleteFileTool(), new EditFileTool(), new FinishTool(), new ReadFileTool(), new RequestFileTool(), new SearchTool(repository), new WriteFileTool()];
}
