using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Planlane.Runs;

namespace Planlane.Simulator.Pacing;

/// <summary>Finds out whether everything in this process and below it rests, from what Linux tells under <c>/proc</c> (man page proc(5)). For one caller at a time.</summary>
/// <remarks>
/// Every thread but the caller's is looked at twice. If each slept both times and was never given a processor in between (the kernel counts how often a thread was), then all of
/// them slept at one instant between the two looks, and nothing is left that could wake another: data on its way through a pipe or a loopback socket has already woken its reader.
/// A thread that sleeps for a time is woken by no other: the runtime's collector does so in mid-work, and nothing else of it (its own waits are on futexes, whose limits mean nothing). It works.
/// Children that wait for their standard input rest; everything else that a child does is work, sleeping included, as a compiler or a test may wait for a clock of its own.
/// </remarks>
internal sealed class ProcessRest
{
    private const string Self = "/proc/self";
    private readonly byte[] _buffer = new byte[8192];
    private readonly Dictionary<string, long> _first = [];
    private readonly Dictionary<string, long> _second = [];
    private readonly List<string> _children = [];
    private readonly int _read = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0 : 63;

    public ProcessRest()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64) || !File.Exists("/proc/thread-self/children"))
            throw new PlanlaneException(FaultKind.Usage, "Virtual time needs Linux on x64 or arm64 with a full /proc: elsewhere nothing tells whether a process rests.", "Use real time with a greater speed.");
    }

    /// <summary>What works, in a few words; null when all rests.</summary>
    public string? Obstacle()
    {
        var self = Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!);
        _children.Clear();
        return Look(_first, self, list: true) ?? Look(_second, self, list: false) ?? Difference();
    }

    private string? Look(Dictionary<string, long> seen, string self, bool list)
    {
        seen.Clear();
        if (ThreadPool.PendingWorkItemCount > 0)
            return "work waits for a thread";
        try
        {
            var found = LookAt(Self, seen, self, list);
            for (var at = 0; found is null && at < _children.Count; at++)
                found = LookAt(_children[at], seen, "", list);
            return found ?? (ThreadPool.PendingWorkItemCount > 0 ? "work waits for a thread" : null);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "a thread or a process just ended";
        }
    }

    private string? LookAt(string process, Dictionary<string, long> seen, string except, bool list)
    {
        foreach (var thread in Directory.EnumerateDirectories($"{process}/task"))
        {
            if (Path.GetFileName(thread) != except && Thread(process, thread, seen) is { } found)
                return found;
            if (list)
                AddChildren(thread);
        }

        return null;
    }

    private string? Thread(string process, string thread, Dictionary<string, long> seen)
    {
        var status = Read($"{thread}/status");
        var name = NameIn(status);
        // Who is dead but not buried wakes nobody any more: its parent was told.
        if (StateIn(status) is (byte)'Z')
            return null;
        if (StateIn(status) is not (byte)'S')
            return $"{name} ({thread})";
        seen[thread] = Count(status, "\nvoluntary_ctxt_switches:"u8) + Count(status, "\nnonvoluntary_ctxt_switches:"u8);
        var call = Read($"{thread}/syscall");
        if (process != Self)
            return call.StartsWith(WaitsForInput) ? null : $"the child process {name} ({process})";
        return call.StartsWith(Sleeps) || call.StartsWith(SleepsByAClock) ? $"{name} sleeps ({thread})" : null;
    }

    private void AddChildren(string thread)
    {
        var children = Encoding.ASCII.GetString(Read($"{thread}/children"));
        foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            _children.Add($"/proc/{child}");
    }

    private string? Difference() =>
        _first.Count == _second.Count && _first.All(thread => _second.TryGetValue(thread.Key, out var count) && count == thread.Value) ? null : "a thread woke";

    // The number of the system call "read" and the descriptor of the standard input.
    private ReadOnlySpan<byte> WaitsForInput => _read == 0 ? "0 0x0 "u8 : "63 0x0 "u8;

    // The numbers of "nanosleep" and "clock_nanosleep".
    private ReadOnlySpan<byte> Sleeps => _read == 0 ? "35 "u8 : "101 "u8;

    private ReadOnlySpan<byte> SleepsByAClock => _read == 0 ? "230 "u8 : "115 "u8;

    private ReadOnlySpan<byte> Read(string file)
    {
        using var handle = File.OpenHandle(file);
        return _buffer.AsSpan(0, RandomAccess.Read(handle, _buffer, 0));
    }

    private static byte StateIn(ReadOnlySpan<byte> status) => After(status, "\nState:\t"u8) is [var state, ..] ? state : default;

    private static string NameIn(ReadOnlySpan<byte> status) => After(status, "Name:\t"u8) is var name && name.IndexOf((byte)'\n') is var end and >= 0
        ? Encoding.UTF8.GetString(name[..end])
        : "?";

    private static long Count(ReadOnlySpan<byte> status, ReadOnlySpan<byte> label) =>
        Utf8Parser.TryParse(After(status, label).TrimStart((byte)'\t'), out long count, out _) ? count : -1;

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label) => text.IndexOf(label) is var at and >= 0 ? text[(at + label.Length)..] : default;
}
