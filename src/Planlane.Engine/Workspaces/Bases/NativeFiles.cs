using System.Runtime.InteropServices;

namespace Planlane.Workspaces.Bases;

/// <summary>Calls of the system that .NET has none of its own for.</summary>
internal static partial class NativeFiles
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const long Second = 1_000_000_000;
    private const uint BasicStats = 0x7ff;

    // The size of the kernel's struct statx, which is the same on every architecture.
    private const int StatSize = 256;

    /// <summary>Makes a second name of a file; false where the system or the file system cannot.</summary>
    /// <remarks>On Windows this is never tried: the caller copies. The call on macOS is the same and was not run.</remarks>
    public static bool TryLink(string existing, string name) => !OperatingSystem.IsWindows() && Link(existing, name) == 0;

    /// <summary>Asks Linux what lies at a path, links not followed; null when there is nothing.</summary>
    public static FileStamp? Stat(string path)
    {
        Span<byte> stat = stackalloc byte[StatSize];
        if (Statx(CurrentFolder, path, NoFollow, BasicStats, ref MemoryMarshal.GetReference(stat)) != 0)
            return null;

        var mode = MemoryMarshal.Read<ushort>(stat[28..]);
        var (seconds, nanoseconds) = (MemoryMarshal.Read<long>(stat[112..]), MemoryMarshal.Read<uint>(stat[120..]));
        return new FileStamp(KindOf(mode), mode & 0x1ff, MemoryMarshal.Read<long>(stat[40..]), (seconds * Second) + nanoseconds);
    }

    /// <summary>Sets when something was last written and read, links not followed, on 64-bit Linux. What cannot have the time keeps its own.</summary>
    public static void SetTime(string path, long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, Second);
        ReadOnlySpan<long> times = [seconds, rest, seconds, rest];
        _ = SetTimes(CurrentFolder, path, in MemoryMarshal.GetReference(times), NoFollow);
    }

    /// <summary>Makes a folder of an overlay's layer show what is below it again; nothing happens when it does.</summary>
    public static void RemoveOpaque(string folder)
    {
        // Which of the two it is depends on who mounted it; that the other is not there is no fault.
        _ = RemoveAttribute(folder, "user.overlay.opaque") + RemoveAttribute(folder, "trusted.overlay.opaque");
    }

    private static EntryKind KindOf(int mode) => (mode & 0xf000) switch
    {
        0x8000 => EntryKind.File,
        0xa000 => EntryKind.Link,
        0x4000 => EntryKind.Folder,
        _ => EntryKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "lremovexattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveAttribute(string path, string name);

    [LibraryImport("libc", EntryPoint = "utimensat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetTimes(int folder, string path, ref readonly long times, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte stat);
}
