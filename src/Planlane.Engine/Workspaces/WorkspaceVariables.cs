using System.Globalization;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>The variables that keep the commands of one workspace out of the way of another's.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>PLANLANE_WORKSPACE</term><description>A name for databases, queues and the like: letters, digits and <c>_</c>, other in every workspace of every run.</description></item>
/// <item><term>PORT</term><description>The first of ten ports of the workspace's own, between 10000 and 31990: other in every workspace of a run, and most likely in another run.</description></item>
/// <item><term>TMPDIR, TMP, TEMP</term><description>A folder of its own that stays from command to command; a sandbox that mounts shows it as <c>/tmp</c> and sets them itself.</description></item>
/// <item><term>XDG_CACHE_HOME, XDG_STATE_HOME</term><description>In that folder.</description></item>
/// <item><term>MSBUILDDISABLENODEREUSE, UseSharedCompilation, DOTNET_CLI_USE_MSBUILD_SERVER</term><description>No build server outlives its command, or serves two workspaces.</description></item>
/// </list>
/// <c>DOTNET_CLI_HOME</c> is left alone on purpose: NuGet looks for its packages and settings below it, so that another one makes every restore and build start anew.
/// The user's own variables for commands (<see cref="WorkspacePolicy.Environment"/>) win over all of these.
/// </remarks>
internal static class WorkspaceVariables
{
    private const int FirstPort = 10_000, Ports = 10, Slots = 2_200;

    /// <summary>The variables of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="temp">Its folder for temporary files, as the command sees it.</param>
    /// <param name="isTempMounted">Whether that folder is mounted, so that the sandbox names it.</param>
    public static ValueList<Variable> Of(WorkspaceCommand command, string temp, bool isTempMounted)
    {
        var (run, workspace) = (command.Run, command.Workspace);
        var variables = new List<Variable>
        {
            new("PLANLANE_WORKSPACE", Named($"{run.Id}_{workspace}")),
            new("PORT", PortOf(run, workspace).ToString(CultureInfo.InvariantCulture)),
            new("XDG_CACHE_HOME", $"{temp}/.cache"),
            new("XDG_STATE_HOME", $"{temp}/.state"),
            new("MSBUILDDISABLENODEREUSE", "1"),
            new("UseSharedCompilation", "false"),
            new("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
        };
        if (!isTempMounted)
            variables.AddRange([new("TMPDIR", temp), new("TMP", temp), new("TEMP", temp)]);
        return variables.Concat(run.Settings.Workspace.Environment).Concat(command.Variables).GroupBy(variable => variable.Name).Select(group => group.Last()).ToValueList();
    }

    /// <summary>The first port of a workspace.</summary>
    public static int PortOf(RunState run, string workspace)
    {
        // The same after a resume: tasks keep their place in a plan.
        var place = run.Tasks.Select(task => task.Agent.Value).ToList().IndexOf(workspace);
        var number = place >= 0 ? place : run.Tasks.Count + (workspace == WorkspaceCommand.Combined ? 0 : 1 + (int)(Hash(workspace) % 100));
        return FirstPort + (int)((Hash(run.Id.Value) + (uint)number) % Slots * Ports);
    }

    private static string Named(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));

    // The runtime's own hash differs from process to process.
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u) % int.MaxValue;
}
