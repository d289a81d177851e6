using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Sandbox;

/// <summary>Tries on this machine, with real commands, whether a sandbox holds what it is said to hold.</summary>
/// <param name="sandbox">The sandbox.</param>
/// <remarks>It tries to write outside, to read a hidden file, to reach a port of this machine, to reach this process, to leave a process behind. What it does not try is left as the sandbox states it.</remarks>
public sealed class SandboxProbe(ISandbox sandbox)
{
    private const string Mark = "planlane-probe-value";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What holds, tried; a thing that is said to be held and is not comes back as open, with words that say so.</summary>
    public async Task<ValueList<SandboxHold>> RunAsync(CancellationToken cancellationToken)
    {
        if (!sandbox.Facts.IsSandboxed || OperatingSystem.IsWindows())
            return sandbox.Facts.Holds;
        var root = Directory.CreateTempSubdirectory("planlane-probe-").FullName;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var escaped = await EscapesAsync(root, ((IPEndPoint)listener.LocalEndpoint).Port, cancellationToken).ConfigureAwait(false);
            return sandbox.Facts.Holds.Select(hold => escaped.Contains(hold.Aspect) && hold.Degree is not HoldDegree.Open
                ? hold with { Degree = HoldDegree.Open, Words = $"NOT held: it was tried, and the command got through ({hold.Words})" }
                : hold).ToValueList();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private async Task<HashSet<BoxAspect>> EscapesAsync(string root, int port, CancellationToken cancellationToken)
    {
        var (work, outside) = (Directory.CreateDirectory(Path.Combine(root, "work")).FullName, Directory.CreateDirectory(Path.Combine(root, "outside")).FullName);
        var secret = Path.Combine(root, "hidden.txt");
        await File.WriteAllTextAsync(secret, Mark, cancellationToken).ConfigureAwait(false);
        var escaped = new HashSet<BoxAspect>();
        async Task TryAsync(BoxAspect aspect, string text, Func<BoxResult, bool> isEscaped)
        {
            var command = new BoxedCommand(text, work, Directory.CreateDirectory(Path.Combine(root, "temp")).FullName, Limit) { Hidden = [secret] };
            if (isEscaped(await sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false)))
                escaped.Add(aspect);
        }

        await TryAsync(BoxAspect.FilesWritten, $"echo x >'{outside}/written'", _ => File.Exists(Path.Combine(outside, "written"))).ConfigureAwait(false);
        await TryAsync(BoxAspect.FilesRead, $"cat '{secret}'", result => result.Output.Contains(Mark, StringComparison.Ordinal)).ConfigureAwait(false);
        await TryAsync(BoxAspect.Network, Connect(port), result => result.Output.Contains("reached", StringComparison.Ordinal)).ConfigureAwait(false);
        await TryAsync(BoxAspect.Processes, $"kill -0 {Environment.ProcessId} && echo reached", result => result.Output.Contains("reached\n", StringComparison.Ordinal)).ConfigureAwait(false);
        await TryAsync(BoxAspect.Processes, $"sleep 9{port.ToString(CultureInfo.InvariantCulture)} >/dev/null 2>&1 &", _ => KillLeft($"9{port.ToString(CultureInfo.InvariantCulture)}")).ConfigureAwait(false);
        await TryAsync(BoxAspect.Resources, "ulimit -c", result => result.End is CommandEnd.Exited && result.Output.Trim() != "0").ConfigureAwait(false);
        return escaped;
    }

    // Whichever of these programs there is.
    private static string Connect(int port)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        return $"""
            bash -c ': </dev/tcp/127.0.0.1/{number}' 2>/dev/null && echo reached
            python3 -c 'import socket; socket.create_connection(("127.0.0.1", {number}), 2)' 2>/dev/null && echo reached
            curl -s -m 2 telnet://127.0.0.1:{number} </dev/null >/dev/null 2>&1 && echo reached
            true
            """;
    }

    private static bool KillLeft(string argument)
    {
        var left = Process.GetProcessesByName("sleep").Where(process => IsCalledWith(process, argument)).ToList();
        foreach (var process in left)
            process.Kill();
        return left.Count > 0;
    }

    private static bool IsCalledWith(Process process, string argument)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/cmdline").Split('\0').Contains(argument);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
