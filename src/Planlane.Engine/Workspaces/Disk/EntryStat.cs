namespace Planlane.Workspaces.Disk;

/// <summary>The facts by which a file is known to be the one that was seen before; links are not followed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">When its content was last written, in nanoseconds since 1970.</param>
/// <param name="Changed">When anything of it was last changed, in nanoseconds since 1970; no program can set it. 0 where the system does not tell.</param>
/// <param name="Inode">Its number on its file system; 0 where the system does not tell.</param>
/// <param name="Links">How many names it has.</param>
internal readonly record struct EntryStat(EntryKind Kind, int Mode, long Size, long Modified, long Changed, ulong Inode, uint Links)
{
    private const int ExecutableByOwner = 0b001_000_000;

    /// <summary>Whether its owner may execute it.</summary>
    public bool IsExecutable => (Mode & ExecutableByOwner) != 0;

    /// <summary>Whether this is the same file, and nothing of it was changed. A name that is added or removed is a change, too.</summary>
    public bool IsUnchangedFrom(EntryStat earlier) =>
        (Kind, Mode, Size, Modified, Changed, Inode) == (earlier.Kind, earlier.Mode, earlier.Size, earlier.Modified, earlier.Changed, earlier.Inode);

    /// <summary>Whether this may be a copy of an earlier one with time and mode kept. Any program can set both, so that alone proves nothing. Times are compared to the 100 nanoseconds that .NET sets.</summary>
    public bool LooksLike(EntryStat earlier) =>
        Kind is EntryKind.Link ? earlier.Kind is EntryKind.Link && Size == earlier.Size
        : (Kind, Mode, Size, Modified / 100) == (earlier.Kind, earlier.Mode, earlier.Size, earlier.Modified / 100);
}
