using System.Runtime.InteropServices;
using System.Text;

namespace Planlane.Cli.Live;

/// <summary>Reads single keys from the terminal without showing them, as long as it is not disposed of. Not thread-safe.</summary>
internal sealed partial class TerminalKeys : IDisposable
{
    private const int Input = 0;
    private const int MostTyped = 256;
    private const short Readable = 1;

    private readonly TerminalMode _before;

    private TerminalKeys(TerminalMode before) => _before = before;

    /// <summary>Begins to read keys; null when there is no terminal that can be set so, or when this process is not in its foreground.</summary>
    public static TerminalKeys? TryBegin() =>
        !OperatingSystem.IsWindows() && !Console.IsInputRedirected && IsInForeground() && TerminalMode.TryRead() is { } before ? new TerminalKeys(before) : null;

    /// <summary>Whether the terminal listens to this process: one in the background that sets or reads it is stopped by the system.</summary>
    public static bool IsInForeground() => OperatingSystem.IsWindows() || Console.IsInputRedirected || ForegroundGroup(Input) == OwnGroup();

    /// <summary>The keys that were pressed since the last call, each a letter or one of <c>up</c>, <c>down</c>, <c>escape</c>, <c>enter</c>.</summary>
    public IReadOnlyList<string> Read()
    {
        if (!IsInForeground())
            return [];
        TerminalMode.KeepKeys();
        // Asked first: a terminal that the runtime has set back meanwhile would keep the reader until a line is typed.
        var asked = new Asked { Descriptor = Input, Events = Readable };
        if (Poll(ref asked, 1, 0) <= 0 || (asked.Found & Readable) == 0)
            return [];
        Span<byte> bytes = stackalloc byte[MostTyped];
        // Less than none when the terminal has gone; the signal that says so comes by itself.
        var count = Read(Input, bytes, MostTyped);
        return count <= 0 ? [] : KeysIn(Encoding.UTF8.GetString(bytes[..(int)count]));
    }

    /// <summary>Gives the terminal back as it was.</summary>
    public void Dispose()
    {
        if (IsInForeground())
            _before.Restore();
    }

    /// <summary>Stops this process until its shell lets it go on.</summary>
    public static void StopProcess() => _ = Kill(Environment.ProcessId, OperatingSystem.IsMacOS() ? 17 : 19);

    /// <summary>The keys in what a terminal sent.</summary>
    internal static IReadOnlyList<string> KeysIn(string typed)
    {
        List<string> keys = [];
        for (var at = 0; at < typed.Length; at++)
        {
            if (typed[at] == '\u001b' && at + 2 < typed.Length && typed[at + 1] is '[' or 'O')
            {
                at += 2;
                while (at < typed.Length - 1 && typed[at] is (>= '0' and <= '9') or ';')
                    at++;
                keys.Add(typed[at] switch { 'A' => "up", 'B' => "down", _ => "" });
            }
            else
                keys.Add(typed[at] switch { '\u001b' => "escape", '\r' or '\n' => "enter", var letter => letter.ToString() });
        }

        return [.. keys.Where(key => key.Length > 0)];
    }

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Asked asked, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int ForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int OwnGroup();

    // The system's struct pollfd.
    private struct Asked
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }
}
