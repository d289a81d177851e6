using System.Collections.Concurrent;
using Planlane.Values;
using Planlane.Workspaces.Collecting;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>A workspace that is a whole folder: a copy of the base in which files may be second names of the base's own.</summary>
/// <param name="root">The folder.</param>
/// <param name="skipped">The paths that are mounted over it, or linked into it.</param>
/// <param name="source">The base.</param>
internal sealed class FolderLayer(string root, IReadOnlySet<RepoPath> skipped, CopySource source) : Layer(root, skipped)
{
    private readonly GitCopy _git = new(Path.Combine(root, ".git"), source.Git);

    // What looks like the base's file and was read: since the last mark, if it holds the same, and ever, if it does not.
    private readonly ConcurrentDictionary<RepoPath, EntryStat> _same = [];
    private readonly ConcurrentDictionary<RepoPath, EntryStat> _other = [];

    private LayerScan? _made;

    /// <summary>Makes the whole copy, unless an earlier process has left one.</summary>
    /// <returns>Whether it was made.</returns>
    /// <param name="isWritten">The paths whose files must be their own.</param>
    /// <param name="spare">A path outside the layer on the same file system, where nothing lies.</param>
    public bool Make(Func<RepoPath, bool> isWritten, string spare)
    {
        // What lies in one that was left is looked at from scratch.
        if (Directory.Exists(Root))
            return false;
        source.CopyAll(Root, isWritten);
        _git.Know();
        Mark(spare);
        _made = source.Made(isWritten);
        return true;
    }

    // What was just made need not be looked at.
    public override LayerScan Scan() => Interlocked.Exchange(ref _made, null) ?? base.Scan();

    public override long Mark(string spare)
    {
        var now = base.Mark(spare);
        source.Pass(now);
        _same.Clear();
        return now;
    }

    public override bool IsAsInBase(RepoPath path, EntryStat stat) => source.Files.TryGetValue(path, out var known) && stat.LooksLike(known) && (stat.Kind is EntryKind.Link
        ? DiskFiles.TargetOf(Full(path)).AsSpan().SequenceEqual(DiskFiles.TargetOf(Path.Combine(source.Folder, path.Value)))
        : !Holds(_other, path, stat) && (IsOld(stat) || HasContent(path, stat)));

    public override bool ShowsBase(RepoPath path, LayerScan scan) => false;

    public override IEnumerable<RepoPath> Missable(LayerScan scan, TreeView wanted) => wanted.Paths;

    public override void Remove(RepoPath path, bool isInBase)
    {
        if (IsBlocked(path))
            return;
        DiskFiles.Remove(Full(path));
        Prune(path, _ => false);
    }

    public override void Forget(RepoPath path)
    {
        Remove(path, isInBase: false);
        if (source.Files.ContainsKey(path) && !IsBlocked(path))
            source.Copy(path, Full(path));
    }

    public override void Put(RepoPath path, string finished)
    {
        foreach (var folder in FoldersOf(path).Select(Full))
        {
            if (DiskFiles.KindOf(folder) is EntryKind.Folder)
                continue;
            DiskFiles.Remove(folder);
            Directory.CreateDirectory(folder);
        }

        DiskFiles.Remove(Full(path));
        File.Move(finished, Full(path));
    }

    public override void Clear()
    {
        DiskFiles.Remove(Root);
        source.CopyAll(Root, _ => false);
        _git.Know();
    }

    public override void BringBack(LayerScan scan, TreeView tree)
    {
        foreach (var path in source.Files.Keys.Where(path => !scan.Entries.ContainsKey(path) && tree.InBase(path) is null && tree.Find(path) is null).ToList())
            Forget(path);
    }

    public override IReadOnlyList<RepoPath> RestoreGit() => _git.Restore(IsOld);

    /// <summary>Gives the files of a lane that are second names of the base's an inode of their own, so that a write in place stays in this workspace.</summary>
    public void Unshare(LayerScan scan, Ownership lane, string spare)
    {
        foreach (var (path, _) in scan.Entries.Where(entry => source.IsShared(entry.Key, entry.Value) && lane.Includes(entry.Key)))
        {
            Separate(path, spare);
            scan.Entries[path] = DiskFiles.StatOf(Full(path))!.Value;
        }
    }

    /// <summary>The files of the base that were written in place through their second names, here or in another workspace.</summary>
    public IReadOnlyList<RepoPath> Damaged(LayerScan scan) =>
        [.. scan.Entries.AsParallel().Where(entry => source.IsShared(entry.Key, entry.Value) && !IsAsInBase(entry.Key, entry.Value)).Select(entry => entry.Key)];

    /// <summary>Gives a damaged file of the base its content, time and mode again, in place, so that it is whole under all of its names.</summary>
    public void RestoreBase(RepoPath path, string finished) => source.Restore(path, finished);

    private bool HasContent(RepoPath path, EntryStat stat)
    {
        if (Holds(_same, path, stat))
            return true;
        var isSame = source.HasContent(path, stat, Full(path));
        (isSame ? _same : _other)[path] = stat;
        return isSame;
    }

    private static bool Holds(ConcurrentDictionary<RepoPath, EntryStat> read, RepoPath path, EntryStat stat) => read.TryGetValue(path, out var known) && known == stat;
}
