using System.Diagnostics;
using Planlane.Reports;
using Planlane.Sandbox.Network;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Sandbox.MacOs;

/// <summary>Holds commands by macOS's <c>sandbox-exec</c>. Its profile is tested as text; it has not been run on a Mac.</summary>
public sealed class SeatbeltSandbox : ISandbox
{
    private const string Program = "/usr/bin/sandbox-exec";

    private readonly TimeProvider _time;
    private readonly BoxHost _host;

    private SeatbeltSandbox(TimeProvider time, BoxHost host) => (_time, _host) = (time, host);

    /// <inheritdoc />
    public SandboxFacts Facts { get; } = new(SandboxKind.Seatbelt)
    {
        CanAllowHosts = true,
        Holds =
        [
            new(BoxAspect.FilesWritten, HoldDegree.Held, "only the workspace and a temporary folder can be written"),
            new(BoxAspect.FilesRead, HoldDegree.Held, "nothing of the home folder but tools and package caches"),
            new(BoxAspect.Network, HoldDegree.Held, "none, not even the machine's own services, unless it is opened, all of it or named hosts alone"),
            new(BoxAspect.Processes, HoldDegree.Partly, "other processes are seen but not reached; what leaves the command's process tree stays"),
            new(BoxAspect.Resources, HoldDegree.Partly, "size of a file; memory and processes are not held"),
            new(BoxAspect.Time, HoldDegree.Held, "a command is killed at its limit"),
            new(BoxAspect.Environment, HoldDegree.Held, "an allow-list; what looks like a key is never passed"),
        ],
    };

    /// <summary>The sandbox, where its program is there.</summary>
    public static SeatbeltSandbox? Find(TimeProvider time, BoxHost host) => File.Exists(Program) ? new SeatbeltSandbox(time, host) : null;

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        if (command.Mounts.Count > 0)
            return new BoxResult(CommandEnd.NotStarted, -1, 0, "The command was not started: sandbox-exec cannot show a folder at another path.\n");
        await using var proxy = command.Network is NetworkAccess.Hosts ? HostProxy.OnLoopback(command.Hosts, _time) : null;
        var physical = command with { Folder = Linux.PhysicalPath.Of(command.Folder), TempFolder = Linux.PhysicalPath.Of(command.TempFolder), Hidden = command.Hidden.Select(Linux.PhysicalPath.Of).ToValueList(), Readable = command.Readable.Select(Linux.PhysicalPath.Of).ToValueList() };
        var script = "exec 2>&1; ulimit -c 0; ulimit -f \"$1\"; exec /bin/sh -c \"$2\"";
        var start = new ProcessStartInfo(Program, ["-p", SeatbeltProfile.Of(_host, physical, proxy?.Port), "/bin/sh", "-c", script, "sh", $"{command.Limits.FileSize / 512}", command.Text])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = physical.Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in BoxEnvironment.Of(_host, command, physical.TempFolder, proxy?.Port ?? 0))
            start.Environment[name] = value;
        var result = await new BoxRun { Start = () => BoxProcess.Start(start), Command = command, Time = _time }.RunAsync(cancellationToken).ConfigureAwait(false);
        return result with { Output = RefusedHosts.AddTo(result.Output, proxy?.Refused) };
    }
}
