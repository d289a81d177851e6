using Planlane.Runs;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Reports;

/// <summary>Runs a check's shell command in a workspace and reads its output.</summary>
/// <param name="workspaces">Where it runs.</param>
/// <param name="limit">After this time the command's process tree is killed and the check has failed.</param>
public sealed class CheckRunner(IWorkspaces workspaces, TimeSpan limit)
{
    /// <summary>Runs a command on a tree.</summary>
    /// <param name="state">The run.</param>
    /// <param name="workspace">The workspace's name.</param>
    /// <param name="tree">The files that are checked.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="command">The shell command.</param>
    /// <param name="interest">Which tests to keep of a long list.</param>
    /// <param name="cancellationToken">Kills the command's process tree.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is known of the check then.</exception>
    public async Task<CheckResult> RunAsync(RunState state, string workspace, ObjectId tree, string name, string command, TestInterest interest, CancellationToken cancellationToken)
    {
        var outcome = await workspaces.RunAsync(new WorkspaceCommand(state, workspace, tree, command, limit) { Variables = CheckVariables.Of(state.Settings.Workspace) }, cancellationToken).ConfigureAwait(false);
        var read = CheckOutput.Read(outcome.Output, outcome.Root, outcome.ExitCode, outcome.Results, interest);
        // Result files are asked for by us: that they are not kept is nothing to report.
        var undone = outcome.Undone.Where(path => outcome.Results.All(file => file.Path != path)).ToValueList();
        return new CheckResult(name, command, outcome.ExitCode, read.Tests, outcome.Seconds, read.Tail, read.Diagnostics)
        {
            Cases = read.Cases,
            End = outcome.End,
            Undone = undone,
            IsSandboxed = outcome.IsSandboxed,
            HeldBy = outcome.HeldBy,
        };
    }
}
