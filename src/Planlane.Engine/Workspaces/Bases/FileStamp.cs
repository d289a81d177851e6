using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>What tells whether a file is as it was, over copies: two files of one path with equal stamps are taken for the same.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Nanoseconds">When it was last written, since 1970.</param>
internal readonly record struct FileStamp(EntryKind Kind, int Mode, long Size, long Nanoseconds)
{
    /// <summary>Where there is nothing.</summary>
    public static FileStamp None { get; }

    /// <summary>Gives the time of this stamp to what lies at a path, links not followed.</summary>
    public void SetTimeOf(string path) => DiskFiles.SetTime(path, Nanoseconds);

    /// <summary>Reads the stamp of what lies at a path.</summary>
    /// <remarks>Outside of Linux times have 100 nanoseconds, and pipes and sockets are taken for files; that branch was not run.</remarks>
    public static FileStamp Of(string path) => DiskFiles.StatOf(path) is { } stat ? new FileStamp(stat.Kind, stat.Mode, stat.Size, stat.Modified) : None;
}
