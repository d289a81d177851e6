using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Planlane.Reports;
using Planlane.Workspaces;

namespace Planlane.Sandbox.Linux;

/// <summary>Holds commands by Landlock and seccomp, where no namespaces can be made: a thread that lives as long as the command gives up its rights and starts it.</summary>
/// <remarks>It shows no folder at another path, hides nothing inside the workspace, and closes sockets of every family, as local ones lead to the system's services.</remarks>
public sealed class LandlockSandbox : ISandbox
{
    private const int FileSizeSignal = 128 + 25;
    private const string Marker = "PLANLANE_BOX";

    private const string Script = """
        exec 2>&1
        file=$1; data=$2; processes=$3; session=$4; shift 4
        while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done
        shift
        ulimit -c 0
        ulimit -f "$file"
        if [ "$data" != - ]; then
          ulimit -d "$data"
          ulimit -u "$processes" 2>/dev/null || ulimit -p "$processes"
        fi
        if [ -n "$session" ]; then exec "$session" /bin/sh -c "$1"; fi
        exec /bin/sh -c "$1"
        """;

    private static readonly string[] Readable = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/snap", "/proc", "/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm", "/var/lib/dpkg", "/var/lib/alternatives", "/var/cache/fontconfig"];
    private static readonly string[] Usable = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

    private readonly TimeProvider _time;
    private readonly BoxHost _host;
    private readonly Syscalls _calls;
    private readonly CgroupPool? _groups;

    private LandlockSandbox(TimeProvider time, BoxHost host, Syscalls calls, CgroupPool? groups)
    {
        (_time, _host, _calls, _groups) = (time, host, calls, groups);
        Facts = LandlockFacts.Of(LandlockRules.Version, LandlockRules.HoldsSignals, groups is not null);
    }

    /// <inheritdoc />
    public SandboxFacts Facts { get; }

    /// <summary>Tries it; null where it does not work.</summary>
    /// <param name="time">Measures commands.</param>
    /// <param name="host">The user.</param>
    public static async Task<LandlockSandbox?> FindAsync(TimeProvider time, BoxHost host)
    {
        if (LandlockRules.Version == 0 || Syscalls.Native is not { } calls)
            return null;
        var sandbox = new LandlockSandbox(time, host, calls, CgroupPool.Find());
        return await BubblewrapTrial.RunAsync(sandbox, withLayers: false).ConfigureAwait(false) is null ? sandbox : null;
    }

    /// <inheritdoc />
    public async Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken)
    {
        if (Refusal(command) is { } refusal)
            return new BoxResult(CommandEnd.NotStarted, -1, 0, refusal + "\n");
        var home = Home(command.TempFolder);
        var group = _groups?.Take(command.Limits);
        var name = Path.GetRandomFileName();
        using var rules = Rules(command, group);
        try
        {
            Libc.InheritNothing();
            var filter = SeccompFilter.Of(_calls, refuseSockets: command.Network is not NetworkAccess.Open);
            var run = new BoxRun
            {
                Start = () => BoxProcess.Start(Prepare(command, group, home, name), before: () => ThreadCage.Enter(rules, filter)),
                Command = command,
                Time = _time,
                Kill = _ => LeftProcesses.Kill(group, Marker, name),
                Reap = _ => BoxEnd.GoneAsync(() => LeftProcesses.Kill(group, Marker, name)),
                Watch = group is null ? null : token => BoxEnd.WatchAsync(group, _time, token),
            };
            return Judge(await run.RunAsync(cancellationToken).ConfigureAwait(false), group, command.Limits);
        }
        finally
        {
            if (group is not null)
                _groups!.Return(group);
        }
    }

    // In a home that it does not know, NuGet looks for old settings to bring along, under a lock in the one folder for temporary files that is closed here.
    private static string Home(string temporary)
    {
        var home = Directory.CreateDirectory(Path.Combine(temporary, "home")).FullName;
        var done = Directory.CreateDirectory(Path.Combine(home, ".local/share/NuGet/Migrations")).FullName;
        File.WriteAllText(Path.Combine(done, "1"), "");
        return home;
    }

    private static string? Refusal(BoxedCommand command) =>
        command.Network is NetworkAccess.Hosts ? "The command was not started: Landlock cannot open the network for named hosts alone. Open all of it, or none."
        : command.Mounts.Count > 0 ? "The command was not started: Landlock cannot show a folder at another path."
        : command.Hidden.FirstOrDefault(path => Path.Exists(path) && PathOrder.IsAtOrBelow(PhysicalPath.Of(path), PhysicalPath.Of(command.Folder))) is { } inside ? $"The command was not started: Landlock cannot hide '{inside}' inside the workspace."
        : null;

    private LandlockRules Rules(BoxedCommand command, Cgroup? group)
    {
        var rules = new LandlockRules(closeNetwork: command.Network is not NetworkAccess.Open);
        var hidden = HiddenPaths.OfSystem().Concat(HiddenPaths.InHome(_host.Home)).Concat(command.Hidden).Select(PhysicalPath.Of).ToHashSet();
        // The thread loads code of our own until the command has started.
        foreach (var path in Readable.Concat(HomeFolders.ToolsOf(_host)).Concat(HomeFolders.CachesOf(_host)).Append(AppContext.BaseDirectory).Append(RuntimeEnvironment.GetRuntimeDirectory()))
            rules.AllowReadingBut(PhysicalPath.Of(path), IsAbove(path, _host.Temporary) ? [.. hidden, PhysicalPath.Of(_host.Temporary)] : hidden);
        foreach (var path in command.Readable)
            rules.AllowReadingBut(PhysicalPath.Of(path), hidden);
        if (command.Network is NetworkAccess.Open)
            rules.AllowReading(PhysicalPath.Of("/etc/resolv.conf"));
        foreach (var path in Usable.Concat(group?.Doors ?? []))
            rules.AllowUsing(path);
        rules.AllowWriting(command.Folder);
        rules.AllowWriting(command.TempFolder);
        return rules;
    }

    private static bool IsAbove(string path, string other) => PhysicalPath.Of(path) is var above && PhysicalPath.Of(other) is var below && above != below && PathOrder.IsAtOrBelow(below, above);

    private ProcessStartInfo Prepare(BoxedCommand command, Cgroup? group, string home, string name)
    {
        string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(BoxTools.Shell, ["-c", Script, "planlane", Number(command.Limits.FileSize / 512), group is null ? Number(command.Limits.Memory >> 10) : "-", Number(group is null ? LeftProcesses.CountOfUser() + command.Limits.Processes : 0), SystemTools.Find("setsid", _host) ?? "", .. group?.Doors ?? [], "--", command.Text])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = command.Folder,
        };
        start.Environment.Clear();
        foreach (var (variable, value) in BoxEnvironment.Of(_host, command, command.TempFolder))
            start.Environment[variable] = value;
        // The real home is closed; what tools would look for there is named.
        start.Environment["HOME"] = home;
        foreach (var (variable, folder) in new[] { ("NUGET_PACKAGES", ".nuget/packages"), ("RUSTUP_HOME", ".rustup"), ("GOMODCACHE", "go/pkg/mod") })
            if (Directory.Exists(Path.Combine(_host.Home, folder)) && !start.Environment.ContainsKey(variable))
                start.Environment[variable] = Path.Combine(_host.Home, folder);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment[Marker] = name;
        return start;
    }

    private static BoxResult Judge(BoxResult result, Cgroup? group, BoxLimits limits) =>
        result.End is not CommandEnd.Exited ? result
        : group?.Excess() is { } excess ? result with { End = CommandEnd.OverLimit, ExitCode = -1, Output = $"{result.Output}{excess}\n" }
        : result.ExitCode == FileSizeSignal ? result with { End = CommandEnd.OverLimit, ExitCode = -1, Output = $"{result.Output}The command was killed: it wrote a file of more than {limits.FileSize >> 20} MiB.\n" }
        : result;
}
