using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>Where a workspace's own files lie. One caller at a time, and never while a command runs.</summary>
/// <param name="root">Where it lies.</param>
/// <param name="skipped">The paths that are not its own: what is mounted over it.</param>
internal abstract class Layer(string root, IReadOnlySet<RepoPath> skipped)
{
    /// <summary>What in <c>.git</c> makes git run or read something else; of other changes to it nobody need hear, as they are taken back.</summary>
    public static readonly ValueList<string> PlantedNames = ["config", "hooks", "HEAD", "objects/info/alternates"];

    // The file system's own time at which everything in it had been looked at, in nanoseconds since 1970; 0 for never.
    private long _lookedAt;

    /// <summary>Where it lies.</summary>
    public string Root { get; } = root;

    /// <summary>Looks at all of it.</summary>
    public virtual LayerScan Scan() => LayerScan.Of(Root, skipped);

    /// <summary>Says that everything in it was looked at: what is changed from now on has a change time that is not before this moment.</summary>
    /// <remarks>The time is that of a file made for it: the kernel's clock for files is coarse, and the disk may be another machine's.</remarks>
    /// <param name="spare">A path outside the layer on the same file system, where nothing lies.</param>
    /// <returns>The moment, in nanoseconds since 1970 by the file system's clock.</returns>
    public virtual long Mark(string spare)
    {
        File.WriteAllBytes(spare, []);
        _lookedAt = DiskFiles.StatOf(spare)!.Value.Changed;
        File.Delete(spare);
        return _lookedAt;
    }

    /// <summary>Whether something was not changed since it was last looked at; that no program can feign.</summary>
    public bool IsOld(EntryStat stat) => stat.Changed < _lookedAt;

    /// <summary>Whether what lies at a path is what the base has there, untouched.</summary>
    public virtual bool IsAsInBase(RepoPath path, EntryStat stat) => false;

    /// <summary>Whether a path at which nothing of its own lies shows the base's file.</summary>
    public abstract bool ShowsBase(RepoPath path, LayerScan scan);

    /// <summary>The paths, beside those where something lies, at which a file can be missing.</summary>
    public abstract IEnumerable<RepoPath> Missable(LayerScan scan, Collecting.TreeView wanted);

    /// <summary>Makes a path show nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isInBase">Whether the base has a file there.</param>
    public abstract void Remove(RepoPath path, bool isInBase);

    /// <summary>Takes away what a command left at a path that no tree has, so that what the base has there, if anything, is seen again.</summary>
    public abstract void Forget(RepoPath path);

    /// <summary>Moves a finished file or link to a path; the folders on its way are made, and whatever else lies there is removed.</summary>
    public abstract void Put(RepoPath path, string finished);

    /// <summary>Removes all of it.</summary>
    public abstract void Clear();

    /// <summary>Shows the base's own files again at all paths that the base's tree does not have and at which nothing lies now.</summary>
    /// <param name="scan">What lies there.</param>
    /// <param name="tree">The tree.</param>
    public abstract void BringBack(LayerScan scan, Collecting.TreeView tree);

    /// <summary>Takes back what a command did to the root's <c>.git</c>; gives the paths at which it planted something.</summary>
    public abstract IReadOnlyList<RepoPath> RestoreGit();

    /// <summary>Where a path lies.</summary>
    public string Full(RepoPath path) => Path.Combine(Root, path.Value);

    /// <summary>Removes the empty folders on the way to a path, from below.</summary>
    protected void Prune(RepoPath path, Func<string, bool> isKept)
    {
        for (var folder = path.Folder; folder.Length > 0; folder = new RepoPath(folder).Folder)
        {
            var full = Path.Combine(Root, folder);
            if (DiskFiles.KindOf(full) is not EntryKind.Folder || isKept(full) || Directory.EnumerateFileSystemEntries(full).Any())
                return;
            Directory.Delete(full);
        }
    }

    /// <summary>Gives a file a new inode, so that it is one file and not one name of several.</summary>
    /// <param name="path">The file.</param>
    /// <param name="spare">A path outside the layer on the same file system, where nothing lies.</param>
    public void Separate(RepoPath path, string spare)
    {
        DiskFiles.Copy(Full(path), spare);
        File.Move(spare, Full(path), overwrite: true);
    }

    /// <summary>Whether a link or a file lies where a folder would have to be on the way to a path.</summary>
    protected bool IsBlocked(RepoPath path) => FoldersOf(path).Select(folder => DiskFiles.KindOf(Full(folder))).TakeWhile(kind => kind is not EntryKind.Nothing).Any(kind => kind is not EntryKind.Folder);

    /// <summary>The folders on the way to a path, the topmost first.</summary>
    protected static IEnumerable<RepoPath> FoldersOf(RepoPath path)
    {
        for (var at = path.Value.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.Value.IndexOf('/', at + 1))
            yield return new RepoPath(path.Value[..at]);
    }
}
