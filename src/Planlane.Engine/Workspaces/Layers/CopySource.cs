using Planlane.Values;
using Planlane.Workspaces.Collecting;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>A base of which whole copies are made. Thread-safe.</summary>
/// <remarks>
/// Tracked files become second names of the base's files, as hardly any command writes them; ignored ones, which builds write in place, are copied. Looked at once, when it is opened: a file
/// of the base that is written in place later is told by its size, time or mode.
/// </remarks>
internal sealed class CopySource
{
    private readonly TreeView _tracked;
    private readonly bool _links;

    /// <summary>Looks at a base.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="tracked">Its tracked files.</param>
    /// <param name="skipped">The paths that are not copied.</param>
    /// <param name="links">Whether files may be second names.</param>
    public CopySource(string folder, TreeView tracked, IReadOnlySet<RepoPath> skipped, bool links)
    {
        (Folder, _tracked, _links) = (folder, tracked, links);
        Files = LayerScan.Of(folder, skipped).Entries;
    }

    public string Folder { get; }

    /// <summary>The files and links of the base as they were.</summary>
    public IReadOnlyDictionary<RepoPath, EntryStat> Files { get; }

    /// <summary>Whether a file is a second name of the base's.</summary>
    public bool IsShared(RepoPath path, EntryStat stat) => _links && stat.Inode != 0 && Files.TryGetValue(path, out var known) && known.Inode == stat.Inode && known.Kind is EntryKind.File;

    /// <summary>Makes a whole copy; it is there in full or not at all.</summary>
    /// <param name="target">Where.</param>
    /// <param name="isWritten">The paths whose files must be their own.</param>
    public void CopyAll(string target, Func<RepoPath, bool> isWritten)
    {
        var half = target + ".new";
        DiskFiles.Remove(half);
        Directory.CreateDirectory(half);
        foreach (var (path, stat) in Files)
        {
            var to = Path.Combine(half, path.Value);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (!_links || stat.Kind is not EntryKind.File || _tracked.InBase(path) is null || isWritten(path) || !DiskFiles.TryLink(Path.Combine(Folder, path.Value), to))
                Copy(path, to);
        }

        CopyGit(half);
        Directory.Move(half, target);
    }

    /// <summary>Copies a file or link of the base with its time and mode.</summary>
    public void Copy(RepoPath path, string to)
    {
        var from = Path.Combine(Folder, path.Value);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (Files[path].Kind is EntryKind.Link)
            File.CreateSymbolicLink(to, new FileInfo(from).LinkTarget!);
        else if (Files[path].Kind is EntryKind.File)
            DiskFiles.Copy(from, to);
    }

    /// <summary>Copies the small repository that stands in for the user's; git never writes its objects in place.</summary>
    public void CopyGit(string target)
    {
        var git = Path.Combine(Folder, ".git");
        if (!Directory.Exists(git))
            return;
        foreach (var from in Directory.EnumerateFiles(git, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(Folder, from));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (!_links || !from.StartsWith(Path.Combine(git, "objects"), StringComparison.Ordinal) || !DiskFiles.TryLink(from, to))
                DiskFiles.Copy(from, to);
        }
    }

    /// <summary>Writes a file of the base anew in place, and gives it the time and the mode that it had.</summary>
    public void Restore(RepoPath path, string finished)
    {
        var full = Path.Combine(Folder, path.Value);
        File.WriteAllBytes(full, File.ReadAllBytes(finished));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(full, File.GetUnixFileMode(finished));
        File.SetLastWriteTimeUtc(full, DateTime.UnixEpoch.AddTicks(Files[path].Modified / 100));
    }
}
