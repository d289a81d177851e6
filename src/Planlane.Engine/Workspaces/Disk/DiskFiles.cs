using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Planlane.Values;

namespace Planlane.Workspaces.Disk;

/// <summary>Looks at and changes files that a command may have made, without following a link of its making.</summary>
internal static class DiskFiles
{
    private const uint TypeMask = 0xF000, FileType = 0x8000, LinkType = 0xA000, FolderType = 0x4000, CharacterDevice = 0x2000;
    private const int ReadNoWait = 0x80800;
    private const ulong NoLinksOrWaysOut = 0x04 | 0x08;
    private const int Permissions = 0x1ff;
    private const int UsualMode = 0b110_100_100;
    private const long Second = 1_000_000_000;

    /// <summary>The facts of what lies at a path; null when nothing does, or its name cannot be said.</summary>
    public static EntryStat? StatOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return PortableStatOf(new FileInfo(path));
        if (NativeFiles.Statx(NativeFiles.CurrentFolder, path, NativeFiles.NoFollow, NativeFiles.BasicFacts, out var facts) != 0)
            return null;
        var kind = (facts.Mode & TypeMask) switch
        {
            FileType => EntryKind.File,
            LinkType => EntryKind.Link,
            FolderType => EntryKind.Folder,
            CharacterDevice when facts is { DeviceMajor: 0, DeviceMinor: 0 } => EntryKind.Removal,
            _ => EntryKind.Other,
        };
        return new EntryStat(
            kind,
            facts.Mode & Permissions,
            (long)facts.Size,
            (facts.ModifiedSeconds * Second) + facts.ModifiedNanoseconds,
            (facts.ChangedSeconds * Second) + facts.ChangedNanoseconds,
            facts.Inode,
            facts.Links);
    }

    /// <summary>What kind of thing lies at a path.</summary>
    public static EntryKind KindOf(string path) => StatOf(path)?.Kind ?? EntryKind.Nothing;

    /// <summary>Sets when something was last written and read, links not followed. On 64-bit Linux what cannot have the time keeps its own; elsewhere times have 100 nanoseconds.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="nanoseconds">Since 1970.</param>
    public static void SetTime(string path, long nanoseconds)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddTicks(nanoseconds / 100));
            return;
        }

        var (seconds, rest) = Math.DivRem(nanoseconds, Second);
        ReadOnlySpan<long> times = [seconds, rest, seconds, rest];
        _ = NativeFiles.SetTimes(NativeFiles.CurrentFolder, path, in MemoryMarshal.GetReference(times), NativeFiles.NoFollow);
    }

    /// <summary>Gives a file a second name; false when the file system cannot.</summary>
    /// <remarks>On Windows this is never tried: the caller copies. The call on macOS is the same and was not run.</remarks>
    public static bool TryLink(string existing, string name) => !OperatingSystem.IsWindows() && NativeFiles.Link(existing, name) == 0;

    /// <summary>Opens a file below a folder for reading; neither it nor a folder on its way may be a link.</summary>
    /// <exception cref="IOException">It is not there, or a link was met.</exception>
    public static FileStream OpenBeneath(string root, RepoPath path)
    {
        if (OperatingSystem.IsLinux())
        {
            using var folder = new SafeFileHandle(NativeFiles.Open(root, ReadNoWait), ownsHandle: true);
            var how = new NativeFiles.OpenHow { Flags = ReadNoWait, Resolve = NoLinksOrWaysOut };
            var found = folder.IsInvalid ? -1 : (int)NativeFiles.OpenBeneath((nint)NativeFiles.OpenAt2, folder, path.Value, how, (nuint)24);
            if (found >= 0)
                return new FileStream(new SafeFileHandle(found, ownsHandle: true), FileAccess.Read);
        }

        // Kernels and containers without that call: nobody else writes here now, so looking first is enough.
        var at = root;
        foreach (var part in path.Value.Split('/'))
        {
            at = Path.Combine(at, part);
            if (KindOf(at) is not (EntryKind.File or EntryKind.Folder))
                throw new IOException($"{path} is no file, or lies behind a link.");
        }

        return new FileStream(at, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    }

    /// <summary>Removes what lies at a path, links not followed; nothing happens when nothing is there.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Remove(string path)
    {
        var kind = KindOf(path);
        if (kind is EntryKind.Nothing)
            return;
        try
        {
            if (kind is EntryKind.Folder)
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && Directory.Exists(path))
        {
            OpenUp(path);
            RemoveByProgram(path);
        }
    }

    /// <summary>Removes what lies at a path, links not followed; what cannot be removed is left to the next time.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryRemove(string path)
    {
        try
        {
            Remove(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return !Path.Exists(path);
        }
    }

    /// <summary>Copies a regular file with its time and mode; shares the blocks where the file system can.</summary>
    public static void Copy(string from, string to)
    {
        File.Copy(from, to, overwrite: true);
        File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
    }

    /// <summary>Writes a file in place, under all of its names, and gives it the time and the mode of a stamp.</summary>
    public static void Overwrite(string from, string to, EntryStat stat)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var source = File.OpenRead(from))
        using (var target = new FileStream(to, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            target.SetLength(0);
            source.CopyTo(target);
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, (UnixFileMode)stat.Mode);
        SetTime(to, stat.Modified);
    }

    /// <summary>The bytes that a link holds.</summary>
    public static byte[] TargetOf(string link) => Encoding.UTF8.GetBytes(new FileInfo(link).LinkTarget ?? "");

    // A command may take the rights on its own folders away, and the kernel does so with the work folder of an overlay.
    private static void OpenUp(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var below in Directory.EnumerateDirectories(folder))
            if (KindOf(below) is EntryKind.Folder)
                OpenUp(below);
    }

    // Names that are no UTF-8 and paths that are too long for the system's calls cannot be said from here; the system's own program can.
    private static void RemoveByProgram(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Delete(path, recursive: true);
            return;
        }

        using var removal = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/rm", ["-rf", "--", path]) { RedirectStandardError = true })!;
        var error = removal.StandardError.ReadToEnd();
        removal.WaitForExit();
        if (Path.Exists(path))
            throw new IOException($"{path} cannot be removed: {error.Trim()}");
    }

    private static EntryStat? PortableStatOf(FileInfo info)
    {
        if ((int)info.Attributes == -1)
            return null;
        var kind = info.LinkTarget is not null || info.Attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link
            : info.Attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Folder
            : info.Attributes.HasFlag(FileAttributes.Device) ? EntryKind.Other
            : EntryKind.File;
        var mode = OperatingSystem.IsWindows() ? UsualMode : (int)info.UnixFileMode & Permissions;
        return new EntryStat(kind, mode, kind is EntryKind.File ? info.Length : 0, (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100, 0, 0, 1);
    }
}
