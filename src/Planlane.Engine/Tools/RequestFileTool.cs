using System.Text.Json;
using Planlane.Agents;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Tools;

/// <summary>Asks for a file outside the lane. The rules decide at the moment of recording, and where the file's owner is at work the agent waits for its end.</summary>
public sealed class RequestFileTool : ITool
{
    /// <inheritdoc />
    public string Name => "request_file";

    /// <inheritdoc />
    public string InputSchema => """{"type":"object","properties":{"path":{"type":"string"},"why":{"type":"string"}},"required":["path","why"]}""";

    /// <inheritdoc />
    public async Task<ToolAnswer> RunAsync(JsonElement input, ToolScene scene, CancellationToken cancellationToken)
    {
        if (input.Text("path") is not { } name || input.Text("why") is not { } why)
            return ToolInput.Missing("path", "why");

        var (path, problem) = await scene.Paths.ToWriteAsync(name, cancellationToken).ConfigureAwait(false);
        if ((problem ?? scene.Workspace.ConflictOf(path)) is { } refusal)
            return await RefuseAsync(path, why, refusal, scene).ConfigureAwait(false);
        if (scene.Refusal(path) is null)
            return new ToolAnswer($"'{path}' is already in your lane.");

        var verdict = await DecideAsync(path, why, scene).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(scene.Inbox.Stopping, cancellationToken);
        while (verdict.Decision is FileDecision.Queued)
        {
            var state = await scene.Inbox.WhenAsync(state => FileRequestRules.IsOver(state, scene.Task, path), either.Token).ConfigureAwait(false);
            // A run that stands still goes on waiting when it is resumed.
            if (state.Halt is not null)
                throw new OperationCanceledException();
            verdict = await DecideAsync(path, why, scene).ConfigureAwait(false);
        }

        if (verdict.Decision is not FileDecision.Granted)
            return ToolAnswer.Refused($"Not granted. {verdict.Reason} Do the task without it, or finish as blocked.");

        scene.Workspace.Refresh(scene.Inbox.State, scene.Task);
        var whose = verdict.Owner is { } owner ? $" {scene.Inbox.State.Task(owner).Agent} has ended, and you see its work now." : "";
        return new ToolAnswer($"Granted: '{path}' is in your lane now.{whose} {(scene.Workspace.Has(path) ? await scene.ShownAsync(path, cancellationToken).ConfigureAwait(false) : "It does not exist.")}");
    }

    private static async Task<FileVerdict> DecideAsync(RepoPath path, string why, ToolScene scene)
    {
        FileVerdict? verdict = null;
        await scene.Inbox.PostAsync(state =>
        {
            verdict = FileRequestRules.Decide(state, scene.Task, path);
            return new FileRequested(scene.Task, path, why) { Decision = verdict.Decision, Owner = verdict.Owner };
        }).ConfigureAwait(false);
        return verdict!;
    }

    private static async Task<ToolAnswer> RefuseAsync(RepoPath path, string why, string reason, ToolScene scene)
    {
        await scene.Inbox.PostAsync(new FileRequested(scene.Task, path, why) { Decision = FileDecision.Refused }).ConfigureAwait(false);
        return ToolAnswer.Refused($"Not granted. {reason}");
    }
}
