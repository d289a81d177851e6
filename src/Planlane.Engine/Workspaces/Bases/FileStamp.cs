namespace Planlane.Workspaces.Bases;

/// <summary>What kind of thing lies at a path, links not followed.</summary>
internal enum EntryKind
{
    Nothing,
    File,
    Folder,
    Link,

    /// <summary>A pipe, socket or device.</summary>
    Other,
}

/// <summary>What tells whether a file is as it was: two files of one path with equal stamps are taken for the same.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Nanoseconds">When it was last written, since 1970.</param>
internal readonly record struct FileStamp(EntryKind Kind, int Mode, long Size, long Nanoseconds)
{
    /// <summary>Where there is nothing.</summary>
    public static FileStamp None { get; }

    /// <summary>Gives the time of this stamp to what lies at a path, links not followed.</summary>
    public void SetTimeOf(string path)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
            NativeFiles.SetTime(path, Nanoseconds);
        else
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddTicks(Nanoseconds / 100));
    }

    /// <summary>Reads the stamp of what lies at a path.</summary>
    /// <remarks>Outside of Linux times have 100 nanoseconds, and pipes and sockets are taken for files; that branch was not run.</remarks>
    public static FileStamp Of(string path)
    {
        if (OperatingSystem.IsLinux())
            return NativeFiles.Stat(path) ?? None;

        var file = new FileInfo(path);
        if ((int)file.Attributes == -1)
            return None;
        var kind = file.LinkTarget is not null ? EntryKind.Link : file.Attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Folder : EntryKind.File;
        var mode = OperatingSystem.IsWindows() ? 0b110_100_100 : (int)file.UnixFileMode & 0x1ff;
        return new FileStamp(kind, mode, kind == EntryKind.File ? file.Length : 0, (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100);
    }
}
