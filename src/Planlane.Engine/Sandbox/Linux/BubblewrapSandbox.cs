using System.Diagnostics;
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

    // Counts itself, limits itself and becomes the box; what is printed is one stream, so that it keeps its order.
    private const string Script = """
        exec 2>&1
        box=$1; file=$2; data=$3; shift 3
        while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done
        shift
        ulimit -c 0
        ulimit -f "$file"
        [ "$data" = - ] || ulimit -d "$data"
        exec "$@" 7<"$box/arguments" 8>"$box/status" 9<"$box/filter"
        """;

    // The number of processes is counted in the box's user namespace only from inside; shells disagree about the letter.
    private const string LimitProcesses = """ulimit -u "$1" 2>/dev/null || ulimit -p "$1" 2>/dev/null; exec /bin/sh -c "$2" """;

    private readonly TimeProvider _time;
    private readonly BoxTools _tools;
    private readonly BoxHost _host;
    private readonly CgroupPool? _groups;
    private readonly byte[] _filter;

    private BubblewrapSandbox(TimeProvider time, BoxTools tools, BoxHost host, CgroupPool? groups, byte[] filter)
    {
        (_time, _tools, _host, _groups, _filter) = (time, tools, host, groups, filter);
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
        var sandbox = new BubblewrapSandbox(time, tools, host, CgroupPool.Find(), SeccompFilter.Of(calls, refuseSockets: false));
        if (await BubblewrapTrial.RunAsync(sandbox, withLayers: false).ConfigureAwait(false) is { } fault)
            return (null, $"bubblewrap is installed, but does not work here: {fault}");
        var canOverlay = tools is { Unshare: not null, Mount: not null };
        if (canOverlay)
        {
            sandbox.Facts = sandbox.Facts with { CanOverlay = true };
            canOverlay = await BubblewrapTrial.RunAsync(sandbox, withLayers: true).ConfigureAwait(false) is null;
        }

        sandbox.Facts = BubblewrapTrial.FactsOf(canOverlay, sandbox._groups is not null, canAllowHosts: tools.Unshare is not null && host.NetworkProgram is not null);
        return (sandbox, null);
    }

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        if (Refusal(command) is { } refusal)
            return new BoxResult(CommandEnd.NotStarted, -1, 0, refusal + "\n");
        var folder = Directory.CreateTempSubdirectory("planlane-box-").FullName;
        var mounts = new OverlayMounts(folder);
        var group = _groups?.Take(command.Limits);
        try
        {
            await using var network = BoxNetwork.For(command, folder, _time);
            Libc.InheritNothing();
            var run = new BoxRun
            {
                Start = Prepare(command, mounts, folder, group),
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
            if (group is not null)
                _groups!.Return(group);
            mounts.Release();
            BoxEnd.Remove(folder);
        }
    }

    private string? Refusal(BoxedCommand command) =>
        command.Network is NetworkAccess.Hosts && !Facts.CanAllowHosts ? "The command was not started: this sandbox cannot open the network for named hosts alone. Open all of it, or none."
        : !Facts.CanOverlay && command.Mounts.Any(mount => mount is BoxMount.Overlay) ? "The command was not started: layers cannot be mounted on this machine."
        : command.Mounts.OfType<BoxMount.Overlay>().FirstOrDefault(mount => !Directory.Exists(mount.Target) && !command.Mounts.Any(other => other != mount && PathOrder.IsAtOrBelow(mount.Target, other.Target))) is { } missing ? $"The command was not started: '{missing.Target}', where its files are to be seen, is not there."
        : null;

    private ProcessStartInfo Prepare(BoxedCommand command, OverlayMounts mounts, string folder, Cgroup? group)
    {
        foreach (var overlay in command.Mounts.OfType<BoxMount.Overlay>())
            mounts.Add(overlay);
        if (Facts.CanOverlay)
            foreach (var cache in HomeFolders.CachesOf(_host).Select(PhysicalPath.Of))
                mounts.AddCache(cache);
        mounts.Save();
        var words = BubblewrapArguments.Of(_host, command, areCachesWritable: Facts.CanOverlay, mounts);
        File.WriteAllText(Path.Combine(folder, "arguments"), string.Concat(words.Select(word => word + '\0')), new UTF8Encoding(false));
        File.WriteAllBytes(Path.Combine(folder, "filter"), _filter);

        // Blocks of 512 bytes, and kilobytes: the units of ulimit.
        List<string> line = ["-c", Script, "planlane", folder, Number(command.Limits.FileSize / 512), group is null ? Number(command.Limits.Memory >> 10) : "-", .. group?.Doors ?? [], "--"];
        if (mounts.Any)
            line.AddRange([_tools.Unshare!, "--user", "--map-root-user", "--mount", "--propagation", "private", "--", BoxTools.Shell, "-c", OverlayMounts.Script, "planlane", folder, _tools.Mount!]);
        line.AddRange([.. BoxNetwork.WordsBefore(command, _tools, _host, folder), _tools.Bubblewrap, "--args", "7", "--json-status-fd", "8", "--seccomp", "9", "--", .. Inside(command, group)]);
        return Shell(line);
    }

    private static IReadOnlyList<string> Inside(BoxedCommand command, Cgroup? group) => group is null
        ? [BoxTools.Shell, "-c", LimitProcesses, "sh", Number(command.Limits.Processes), command.Text]
        : [BoxTools.Shell, "-c", command.Text];

    // The programs that make the box get nothing of the user's environment: what a command sets for itself must not reach them.
    private static ProcessStartInfo Shell(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(BoxTools.Shell, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/" };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin";
        return start;
    }

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
