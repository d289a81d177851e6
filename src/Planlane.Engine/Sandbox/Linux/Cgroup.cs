using System.Globalization;

namespace Planlane.Sandbox.Linux;

/// <summary>A control group that counts the memory and the processes of one box at a time. Not thread-safe.</summary>
/// <param name="memory">Its folder in the hierarchy that counts memory.</param>
/// <param name="pids">Its folder in the hierarchy that counts processes; the same one in version 2.</param>
/// <param name="isUnified">Whether it is of version 2.</param>
internal sealed class Cgroup(string memory, string pids, bool isUnified)
{
    private BoxLimits? _limits;
    private long _killedBefore;
    private long _refusedBefore;

    /// <summary>The files that a process writes its number into to be counted.</summary>
    public IReadOnlyList<string> Doors => memory == pids ? [Path.Combine(pids, "cgroup.procs")] : [Path.Combine(pids, "cgroup.procs"), Path.Combine(memory, "cgroup.procs")];

    /// <summary>The processes that are in it now.</summary>
    public IReadOnlyList<int> Processes => [.. Read(pids, "cgroup.procs").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Makes the folders.</summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not allow it.</exception>
    public void Create()
    {
        Directory.CreateDirectory(memory);
        Directory.CreateDirectory(pids);
    }

    /// <summary>Makes it ready for a command.</summary>
    public void Begin(BoxLimits limits)
    {
        if (_limits != limits)
            Limit(limits);
        _limits = limits;
        (_killedBefore, _refusedBefore) = (Killed, Refused);
    }

    /// <summary>Which limit was hit since <see cref="Begin"/>, in words, or null.</summary>
    public string? Excess() =>
        Killed > _killedBefore ? $"The command was killed: it took more than {_limits!.Memory >> 20} MiB of memory."
        : Refused > _refusedBefore ? $"The command was killed: it had more than {_limits!.Processes} processes and threads."
        : null;

    /// <summary>Kills what is in it. What is being forked meanwhile comes to light at the next look.</summary>
    public void Kill()
    {
        foreach (var process in Processes)
            Libc.Signal(process, Libc.Kill);
    }

    /// <summary>Removes it; what is in use is left.</summary>
    public void Remove()
    {
        foreach (var folder in new[] { memory, pids }.Distinct().Where(Directory.Exists))
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A process is still dying in it; the next start of a sandbox removes it.
            }
    }

    private long Killed => Counter(memory, isUnified ? "memory.events" : "memory.oom_control", "oom_kill");

    private long Refused => Counter(pids, "pids.events", "max");

    private void Limit(BoxLimits limits)
    {
        Write(pids, "pids.max", limits.Processes);
        // Swap would make the limit soft; not every kernel counts it. In version 1 the sum of both may never be less than the memory, so it is opened first.
        var swap = isUnified ? "memory.swap.max" : "memory.memsw.limit_in_bytes";
        var hasSwap = File.Exists(Path.Combine(memory, swap));
        if (hasSwap && !isUnified)
            Write(memory, swap, -1);
        Write(memory, isUnified ? "memory.max" : "memory.limit_in_bytes", limits.Memory);
        if (hasSwap)
            Write(memory, swap, isUnified ? 0 : limits.Memory);
    }

    private static long Counter(string folder, string file, string name) =>
        Read(folder, file).Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 2 && parts[0] == name).Select(parts => long.Parse(parts[1], CultureInfo.InvariantCulture)).FirstOrDefault();

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // These files are not made nor cut, only written into.
    private static void Write(string folder, string file, long value)
    {
        using var stream = new FileStream(Path.Combine(folder, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
    }
}
