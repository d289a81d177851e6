using System.Text.Json;
using Planlane.Agents;
using Planlane.Git;
using Planlane.Models;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>The tools of an agent.</summary>
/// <param name="repository">The repository that is worked on.</param>
/// <param name="collector">Makes the trees that are searched and that commands find.</param>
/// <param name="workspaces">Where commands run.</param>
/// <param name="time">Measures them.</param>
public sealed class ToolBox(GitRepository repository, ReportCollector collector, IWorkspaces workspaces, TimeProvider time)
{
    private readonly Dictionary<string, ITool> _tools = All(repository, collector, workspaces).ToDictionary(tool => tool.Name);

    /// <summary>The tools as models read them, by name; the same bytes in every run.</summary>
    public static ValueList<ModelTool> Declarations { get; } = All(null!, null!, null!).OrderBy(tool => tool.Name, StringComparer.Ordinal)
        .Select(tool => new ModelTool(tool.Name, Prompts.Read($"Tools/{tool.GetType().Name}.md"), tool.InputSchema)).ToValueList();

    /// <summary>Runs the calls of a turn in their order, but for <c>finish</c>; what came of it, to be recorded.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="task">Whose turn it is.</param>
    /// <param name="workspace">That agent's files.</param>
    /// <param name="inbox">The run.</param>
    /// <param name="cancellationToken">Ends the work; nothing of the turn is recorded then, but for decisions on requested files.</param>
    public async Task<TurnActed> RunAsync(Turn turn, TaskId task, Workspace workspace, RunInbox inbox, CancellationToken cancellationToken)
    {
        var scene = new ToolScene(task, workspace, inbox, repository.Root);
        var agent = inbox.State.Task(task).Agent;
        var results = new List<ToolResult>();
        var seconds = new List<double>();
        foreach (var call in turn.ToolCalls.Where(call => call.Name != Turn.FinishTool))
        {
            var begun = time.GetTimestamp();
            using var input = JsonDocument.Parse(call.Input);
            inbox.Observe(agent, new RunActivity.OfTool(call.Name, ToolInput.SubjectOf(input.RootElement)));
            var answer = _tools.TryGetValue(call.Name, out var tool)
                ? await tool.RunAsync(input.RootElement, scene, cancellationToken).ConfigureAwait(false)
                : ToolAnswer.Refused($"There is no tool '{call.Name}'. There are: {string.Join(", ", _tools.Keys.Order(StringComparer.Ordinal))}.");
            results.Add(new ToolResult(call.Id, answer.Text, answer.IsError));
            seconds.Add(time.GetElapsedTime(begun).TotalSeconds);
        }

        var changes = await workspace.TakeChangesAsync(cancellationToken).ConfigureAwait(false);
        return new TurnActed(task, turn.Number, results.ToValueList(), changes) { Commands = scene.Commands, Seen = workspace.Seen.Take(), Seconds = seconds.ToValueList() };
    }

    private static IEnumerable<ITool> All(GitRepository repository, ReportCollector collector, IWorkspaces workspaces) =>
    [
        new DeleteFileTool(), new EditFileTool(), new FinishTool(), new ListFilesTool(), new MoveFileTool(), new ReadFilesTool(), new RequestFileTool(),
        new RunCommandTool(workspaces, collector), new SearchTool(repository, collector), new WriteFileTool(),
    ];
}
