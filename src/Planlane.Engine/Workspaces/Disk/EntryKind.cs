namespace Planlane.Workspaces.Disk;

/// <summary>What kind of thing lies at a path, links not followed. The manifests of bases hold the numbers.</summary>
internal enum EntryKind
{
    Nothing = 0,
    File = 1,
    Folder = 2,
    Link = 3,

    /// <summary>A device, a pipe or a socket.</summary>
    Other = 4,

    /// <summary>The mark of an overlay that hides what lies below: a character device with the number 0.</summary>
    Removal = 5,
}
