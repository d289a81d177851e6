using System.Diagnostics;

namespace Planlane.Sandbox.Linux;

/// <summary>A shell that has gone the slow part of the way into a box, and waits until it is told to run a command: it has joined a control group, which waits for the whole kernel, entered a namespace, and mounted the caches.</summary>
/// <remarks>It holds nothing of any command. It ends with this process, as its input does.</remarks>
internal sealed class BoxStarter : IDisposable
{
    // What is printed is one stream, so that it keeps its order.
    private const string Join = """
        exec 2>&1
        while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done
        shift
        exec "$@"
        """;

    private BoxStarter(BoxProcess process, BoxFolder folder, Cgroup? group) => (Process, Folder, Group) = (process, folder, group);

    /// <summary>The shell, which becomes the box.</summary>
    public BoxProcess Process { get; }

    /// <summary>The folder of its box.</summary>
    public BoxFolder Folder { get; }

    /// <summary>The control group that it is in; null where there is none.</summary>
    public Cgroup? Group { get; }

    /// <summary>Whether it has ended before its time.</summary>
    public bool HasEnded => Process.Exited.IsCompleted || Process.Started is { IsCompletedSuccessfully: true, Result: not null };

    /// <summary>Starts one.</summary>
    /// <param name="tools">The programs.</param>
    /// <param name="host">The user.</param>
    /// <param name="isNested">Whether it enters a user and mount namespace of its own, in which layers can be mounted.</param>
    /// <param name="group">The control group that it joins, or null.</param>
    public static BoxStarter Start(BoxTools tools, BoxHost host, bool isNested, Cgroup? group)
    {
        Libc.InheritNothing();
        var folder = BoxFolder.Create(host, withCaches: isNested);
        var wait = $"{folder.MountLine(tools.Mount ?? "")}\nread -r go || exit 125\n. {OverlayMounts.Quoted(folder.Path)}/start\n";
        // What is mounted and unmounted outside while it waits is seen inside; nothing goes the other way.
        string[] nested = isNested ? [tools.Unshare!, "--user", "--map-root-user", "--mount", "--propagation", "slave", "--"] : [];
        var start = new ProcessStartInfo(BoxTools.Shell, ["-c", Join, "planlane", .. group?.Doors ?? [], "--", .. nested, BoxTools.Shell, "-c", wait])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        // The programs that make the box get nothing of the user's environment: what a command sets for itself must not reach them.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin";
        return new BoxStarter(BoxProcess.Start(start), folder, group);
    }

    /// <summary>Lets it run <c>start</c> of its box's folder.</summary>
    /// <returns>False when it has ended meanwhile.</returns>
    public async Task<bool> GoAsync()
    {
        if (await Process.Started.ConfigureAwait(false) is not null)
            return true;
        try
        {
            await Process.Process.StandardInput.BaseStream.WriteAsync("go\n"u8.ToArray()).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Process.Kill(withTree: false);
        Process.Dispose();
    }
}
