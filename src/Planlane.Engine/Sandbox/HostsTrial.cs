using Planlane.Reports;
using Planlane.Workspaces;

namespace Planlane.Sandbox;

/// <summary>Tries whether a sandbox can open the network for named hosts alone, before anybody relies on it.</summary>
public static class HostsTrial
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Why it cannot, as a sentence; null when it can.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public static async Task<string?> LackAsync(ISandbox sandbox, CancellationToken cancellationToken)
    {
        if (!sandbox.Facts.CanAllowHosts)
            return WhyNot(sandbox.Facts.Kind);
        var root = Directory.CreateTempSubdirectory("planlane-hosts-").FullName;
        try
        {
            var command = new BoxedCommand("true", Directory.CreateDirectory(Path.Combine(root, "work")).FullName, Directory.CreateDirectory(Path.Combine(root, "temp")).FullName, Limit)
            {
                Network = NetworkAccess.Hosts,
                Hosts = ["planlane.invalid"],
            };
            var result = await sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
            return result is { End: CommandEnd.Exited, ExitCode: 0 } ? null : $"It was tried and did not work: {result.Output.Trim()}";
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string WhyNot(SandboxKind kind) => kind switch
    {
        SandboxKind.Bubblewrap => "It needs unshare (util-linux), and a program of ours to start in the box's network.",
        SandboxKind.Landlock => "Landlock knows ports and no hosts; bubblewrap can do it.",
        SandboxKind.JobObject => "On Windows nothing holds the network.",
        _ => "There is no sandbox.",
    };
}
