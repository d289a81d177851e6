using System.Globalization;
using System.Text;
using System.Text.Json;
using Planlane.Reports;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>Runs a shell command on what the agent sees, and takes over what it wrote in the lane.</summary>
/// <param name="workspaces">Where it runs.</param>
/// <param name="collector">Makes the tree.</param>
public sealed class RunCommandTool(IWorkspaces workspaces, ReportCollector collector) : ITool
{
    private const int DefaultSeconds = 120;
    private const int MostSeconds = 600;
    private const int MostNamed = 20;

    /// <inheritdoc />
    public string Name => "run_command";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"command":{"type":"string"},"seconds":{"type":"integer"}},"required":["command"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("command") is not { } command || string.IsNullOrWhiteSpace(command))
            return ToolInput.Missing("command");

        var limit = TimeSpan.FromSeconds(Math.Clamp(input.Number("seconds") ?? DefaultSeconds, 1, MostSeconds));
        var state = scene.Inbox.State;
        var task = state.Task(scene.Task);
        var tree = await collector.TreeOf(state.BirthTree!.Value, [scene.Workspace.Layers], cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(scene.Inbox.Stopping, cancellationToken);
        var outcome = await workspaces.RunAsync(new WorkspaceCommand(state, task.Agent.Value, tree, command, limit) { Lane = task.Lane }, either.Token).ConfigureAwait(false);
        var run = Recorded(command, outcome, scene);
        scene.Add(run);
        return new ToolAnswer(Said(run, outcome.Left), run is not { End: CommandEnd.Exited, ExitCode: 0 });
    }

    // The workspace keeps to the lane as a set of paths. That nobody may write what the user has changed, and what else the rules say, is asked again here.
    private static CommandRun Recorded(string command, WorkspaceOutcome outcome, ToolScene scene)
    {
        // Deletions first, as a file may have given way to a folder.
        var kept = outcome.Written.Files.GroupBy(file => file.Blob is not null).OrderBy(group => group.Key).SelectMany(group => Absorbed(group, scene)).ToList();
        return new CommandRun(command, outcome.End, outcome.ExitCode, outcome.Seconds, CommandText.Shortened(outcome.Output, outcome.Root))
        {
            Changed = kept.Select(file => file.Path).Order().ToValueList(),
            Undone = outcome.Undone.Concat(outcome.Written.Files.Except(kept).Select(file => file.Path)).Distinct().ToValueList(),
            IsSandboxed = outcome.IsSandboxed,
            HeldBy = outcome.HeldBy,
        };
    }

    private static ValueList<FileChange> Absorbed(IEnumerable<FileChange> written, ToolScene scene)
    {
        var allowed = written.Where(file => scene.Refusal(file.Path) is null).ToValueList();
        scene.Workspace.Absorb(new ChangeSet(allowed));
        return allowed;
    }

    // Why it was killed is the last line of the output.
    private static string Said(CommandRun run, ValueList<RepoPath> left)
    {
        var text = new StringBuilder(run.End switch
        {
            CommandEnd.Exited => $"Exit code {run.ExitCode}",
            CommandEnd.TimedOut or CommandEnd.OverLimit => "Killed",
            _ => "It could not be started",
        }).Append(CultureInfo.InvariantCulture, $", {run.Seconds:0.0} s.");
        if (run.Changed.Count > 0)
            text.Append($"\nChanged in your lane, and kept: {Named(run.Changed)}.");
        if (run.Undone.Count > 0)
            text.Append($"\nWritten outside your lane, and undone: {Named(run.Undone)}. Only files of your lane are kept.");
        if (left.Count > 0)
            text.Append($"\nTaken for build outputs, and no part of your work: what is in {Named(left)}. Write with write_file what is your work.");
        return text.Append(run.Output.Length == 0 ? "\nIt printed nothing." : $"\n<output>\n{run.Output}\n</output>").ToString();
    }

    private static string Named(ValueList<RepoPath> paths) =>
        string.Join(", ", paths.Take(MostNamed).Select(path => UnseenText.Shown(path.Value))) + (paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "");
}
