using System.Globalization;
using System.Text;
using System.Text.Json;
using Planlane.Reports;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Linux;

/// <summary>Holds commands by bubblewrap: namespaces of their own, a view of the files made for them, a seccomp filter, and limits.</summary>
/// <remarks>
/// Layers are mounted in a user and mount namespace around bubblewrap's own, so that an ordinary user can; they end with the command. The command is told
/// apart from the box by bubblewrap's status: without an exit code in it, the command has not been started.
/// </remarks>
public sealed class BubblewrapSandbox : ISandbox
{
    private const int FileSizeSignal = 128 + 25;
    private const int MostStarters = 3;

    // The number of processes is counted in the box's user namespace only from inside; shells disagree about the letter.
    private const string LimitProcesses = """ulimit -u "$1" 2>/dev/null || ulimit -p "$1" 2>/dev/null; exec /bin/sh -c "$2" """;

    private readonly TimeProvider _time;
    private readonly BoxTools _tools;
    private readonly BoxHost _host;
    private readonly byte[] _filter;
    private BoxStarters _starters;

    private BubblewrapSandbox(TimeProvider time, BoxTools tools, BoxHost host, BoxStarters starters, byte[] filter)
    {
        (_time, _tools, _host, _starters, _filter) = (time, tools, host, starters, filter);
        Facts = new SandboxFacts(SandboxKind.Bubblewrap) { CanBind = true };
    }

    /// <inheritdoc />
    public SandboxFacts Facts { get; private set; }

    /// <summary>Tries it; null where it does not work.</summary>
    /// <param name="time">Measures commands.</param>
    /// <param name="host">The user.</param>
    public static async Task<(BubblewrapSandbox? Sandbox, string? Lack)> FindAsync(TimeProvider time, BoxHost host)
    {
        if (!OperatingSystem.IsLinux())
            return (null, "bubblewrap is for Linux.");
        if (BoxTools.Find(host) is not { } tools)
            return (null, "bubblewrap (bwrap) is not installed.");
        if (Syscalls.Native is not { } calls)
            return (null, "There is no list of system calls for this processor.");
        var groups = CgroupPool.Find();
        var plain = new BoxStarters(tools, host, groups, isNested: false);
        var sandbox = new BubblewrapSandbox(time, tools, host, plain, SeccompFilter.Of(calls, refuseSockets: false));
        if (await BubblewrapTrial.RunAsync(sandbox, withLayers: false).ConfigureAwait(false) is { } fault)
            return (null, $"bubblewrap is installed, but does not work here: {fault}");
        var canOverlay = tools is { Unshare: not null, Mount: not null };
        if (canOverlay)
        {
            (sandbox.Facts, sandbox._starters) = (sandbox.Facts with { CanOverlay = true }, new BoxStarters(tools, host, groups, isNested: true));
            canOverlay = await BubblewrapTrial.RunAsync(sandbox, withLayers: true).ConfigureAwait(false) is null;
            (canOverlay ? plain : sandbox._starters).Dispose();
        }

        var facts = BubblewrapTrial.FactsOf(canOverlay, groups is not null, canAllowHosts: tools.Unshare is not null && host.NetworkProgram is not null);
        (sandbox.Facts, sandbox._starters) = (facts, canOverlay ? sandbox._starters : plain);
        return (sandbox, null);
    }

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        if (Refusal(command) is { } refusal)
            return new BoxResult(CommandEnd.NotStarted, -1, 0, refusal + "\n");
        BoxStarter? starter = _starters.Take(command.Limits);
        OverlayMounts? mounts = null;
        BoxNetwork? network = null;
        try
        {
            for (var more = MostStarters; ; more--)
            {
                mounts = Prepare(command, starter);
                network = BoxNetwork.For(command, starter.Folder.Path, _time);
                // One that waited may have been killed by somebody.
                if (await starter.GoAsync().ConfigureAwait(false) || more == 1)
                    break;
                mounts.Release();
                if (network is not null)
                    await network.DisposeAsync().ConfigureAwait(false);
                _starters.Return(starter);
                starter = null;
                starter = _starters.Take(command.Limits);
            }

            var (process, folder, group) = (starter.Process, starter.Folder.Path, starter.Group);
            var run = new BoxRun
            {
                Start = () => process,
                Command = command,
                Time = _time,
                Kill = static _ => { },
                Reap = _ => BoxEnd.GoneAsync(() => IsThere(folder, group)),
                Watch = group is null ? null : token => BoxEnd.WatchAsync(group, _time, token),
            };
            var result = Judge(await run.RunAsync(cancellationToken).ConfigureAwait(false), folder, group, command.Limits);
            return network is null ? result : await network.EndAsync(result).ConfigureAwait(false);
        }
        finally
        {
            mounts?.Release();
            if (network is not null)
                await network.DisposeAsync().ConfigureAwait(false);
            if (starter is not null)
                _starters.Return(starter);
        }
    }

    private string? Refusal(BoxedCommand command) =>
        command.Network is NetworkAccess.Hosts && !Facts.CanAllowHosts ? "The command was not started: this sandbox cannot open the network for named hosts alone. Open all of it, or none."
        : !Facts.CanOverlay && command.Mounts.Any(mount => mount is BoxMount.Overlay) ? "The command was not started: layers cannot be mounted on this machine."
        : command.Mounts.OfType<BoxMount.Overlay>().FirstOrDefault(mount => !Directory.Exists(mount.Target) && !command.Mounts.Any(other => other != mount && PathOrder.IsAtOrBelow(mount.Target, other.Target))) is { } missing ? $"The command was not started: '{missing.Target}', where its files are to be seen, is not there."
        : null;

    private OverlayMounts Prepare(BoxedCommand command, BoxStarter starter)
    {
        var folder = starter.Folder.Path;
        var mounts = new OverlayMounts(folder, "layers");
        foreach (var overlay in command.Mounts.OfType<BoxMount.Overlay>())
            mounts.Add(overlay);
        mounts.Save();
        var words = BubblewrapArguments.Of(_host, command, Facts.CanOverlay ? starter.Folder.Caches : null, mounts, folder);
        File.WriteAllText(Path.Combine(folder, "arguments"), string.Concat(words.Select(word => word + '\0')), new UTF8Encoding(false));
        File.WriteAllBytes(Path.Combine(folder, "filter"), _filter);
        File.WriteAllText(Path.Combine(folder, "start"), Script(command, mounts, folder, isCounted: starter.Group is not null), new UTF8Encoding(false));
        return mounts;
    }

    // Limits itself, mounts, and becomes the box. Blocks of 512 bytes, and kilobytes: the units of ulimit.
    private string Script(BoxedCommand command, OverlayMounts mounts, string folder, bool isCounted)
    {
        IReadOnlyList<string> box = [.. BoxNetwork.WordsBefore(command, _tools, _host, folder), _tools.Bubblewrap, "--args", "7", "--json-status-fd", "8", "--seccomp", "9", "--", .. Inside(command, isCounted)];
        string InFolder(string name) => OverlayMounts.Quoted(Path.Combine(folder, name));
        return $"""
            ulimit -c 0
            ulimit -f {Number(command.Limits.FileSize / 512)}
            {(isCounted ? "" : $"ulimit -d {Number(command.Limits.Memory >> 10)}")}
            {mounts.Line(_tools.Mount ?? "")}
            exec {string.Join(' ', box.Select(OverlayMounts.Quoted))} 7<{InFolder("arguments")} 8>{InFolder("status")} 9<{InFolder("filter")}

            """;
    }

    private static IReadOnlyList<string> Inside(BoxedCommand command, bool isCounted) => isCounted
        ? [BoxTools.Shell, "-c", command.Text]
        : [BoxTools.Shell, "-c", LimitProcesses, "sh", Number(command.Limits.Processes), command.Text];

    private static BoxResult Judge(BoxResult result, string folder, Cgroup? group, BoxLimits limits)
    {
        if (result.End is not CommandEnd.Exited)
            return result;
        if (Status(folder, "exit-code") is not { } code)
            return result with { End = CommandEnd.NotStarted, ExitCode = -1 };
        if (group?.Excess() is { } excess)
            return result with { End = CommandEnd.OverLimit, ExitCode = -1, Output = $"{result.Output}{excess}\n" };
        return code == FileSizeSignal
            ? result with { End = CommandEnd.OverLimit, ExitCode = -1, Output = $"{result.Output}The command was killed: it wrote a file of more than {limits.FileSize >> 20} MiB.\n" }
            : result with { ExitCode = code };
    }

    // The first process of the box ends only when all others in it have.
    private static bool IsThere(string folder, Cgroup? group) =>
        group is not null ? group.Processes.Count > 0 : Status(folder, "child-pid") is { } first && BoxEnd.IsAlive(first, "bwrap");

    private static int? Status(string folder, string name)
    {
        var file = Path.Combine(folder, "status");
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty(name, out var value))
                return value.GetInt32();
        }

        return null;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
