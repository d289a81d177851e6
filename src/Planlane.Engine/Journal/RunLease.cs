using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Planlane.Hosting;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>The right to write one run's journal: one process at a time has it, and the system takes it back when that process dies.</summary>
/// <remarks>
/// The right is a lock on a file of its own, as readers of the journal must not be kept out. Another file beside it says who has it; it is no more than words, except
/// where files cannot be locked: there its process has the right as long as it lives.
/// </remarks>
internal sealed class RunLease : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holder;

    private RunLease(FileStream owner, string holder) => (_lock, _holder) = (owner, holder);

    /// <summary>Takes the right.</summary>
    /// <param name="journal">The journal's path; its folder exists.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PlanlaneException">Another process has it.</exception>
    /// <exception cref="IOException">It cannot be recorded.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static RunLease Take(string journal, TimeProvider time)
    {
        var holder = journal + ".lease";
        if (TryLock(journal + ".lock") is not { } owner)
            throw Held(Read(holder), null);
        try
        {
            var mine = new LeaseHolder(Environment.ProcessId, Environment.MachineName, time.GetUtcNow()) { Mark = ProcessMark.Current };
            if (LocksHold(journal + ".lock"))
                Replace(mine, holder);
            else
                Claim(mine, holder);
            return new RunLease(owner, holder);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Who works on a run, as far as can be told without taking the right; null for nobody.</summary>
    public static LeaseHolder? HolderOf(string journal) =>
        Read(journal + ".lease") is { } holder && MayLive(holder) ? holder : null;

    /// <summary>Gives the right back.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_holder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock is what counts.
        }

        _lock.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(path) && IsInUse(exception))
        {
            return null;
        }
    }

    // The runtime gives no type of its own to a file that is locked: EWOULDBLOCK on Linux and on macOS, a sharing violation on Windows.
    private static bool IsInUse(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    // Some file systems, and a setting of the runtime, let everybody lock everything.
    private static bool LocksHold(string path)
    {
        using var second = TryLock(path);
        return second is null;
    }

    // Where locks do not hold, a name that only one process can make new decides. Who takes a dead holder's place first takes the right to do so, in the same way, or two that
    // saw the same dead one would both have it.
    private static void Claim(LeaseHolder mine, string path)
    {
        var pause = new SpinWait();
        for (var tries = 0; tries < 100; tries++)
        {
            if (TryCreate(mine, path))
                return;
            if (Read(path) is not { } other)
            {
                // Given back, or not yet written.
                pause.SpinOnce();
                continue;
            }

            if (!IsOurs(other) && MayLive(other))
                throw Held(other, $"; when process {other.Process} is none of planlane's, remove {path}");
            var right = string.Create(CultureInfo.InvariantCulture, $"{path}.{other.Process}-{other.Since.UtcTicks}");
            Claim(mine, right);
            try
            {
                if (Read(path) == other)
                {
                    Replace(mine, path);
                    return;
                }
            }
            finally
            {
                File.Delete(right);
            }
        }

        throw Held(null, $", and remove {path} when none does");
    }

    // Whoever reads it finds all of it.
    private static void Replace(LeaseHolder holder, string path)
    {
        var written = $"{path}.{Path.GetRandomFileName()}";
        File.WriteAllText(written, JsonSerializer.Serialize(holder, EventJson.Options));
        File.Move(written, path, overwrite: true);
    }

    // False when there is one. A move that is not to overwrite looks before it moves, so that two could both succeed; making a file anew cannot.
    private static bool TryCreate(LeaseHolder holder, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(holder, EventJson.Options));
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static LeaseHolder? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LeaseHolder>(File.ReadAllText(path), EventJson.Options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    // Containers may share a name and number their processes alike.
    private static bool IsOurs(LeaseHolder holder) =>
        holder.Process == Environment.ProcessId && holder.Host == Environment.MachineName && (holder.Mark ?? ProcessMark.Current) == ProcessMark.Current;

    // Of a process on another machine nothing can be known.
    private static bool MayLive(LeaseHolder holder)
    {
        if (holder.Host != Environment.MachineName)
            return true;
        if (holder.Mark is { } mark && ProcessMark.IsGone(mark) is { } isGone)
            return !isGone;
        try
        {
            using var process = Process.GetProcessById(holder.Process);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static PlanlaneException Held(LeaseHolder? holder, string? more) => new(
        FaultKind.Failed,
        holder is null
            ? "Another planlane process works on this run."
            : string.Create(CultureInfo.InvariantCulture, $"Another planlane process works on this run: process {holder.Process} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
        $"Decide there, or stop it first{more}.");
}
