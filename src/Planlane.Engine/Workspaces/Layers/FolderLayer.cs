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
    public override bool IsAsInBase(RepoPath path, EntryStat stat) => source.Files.TryGetValue(path, out var known) && stat.HasContentOf(known)
        && (stat.Kind is not EntryKind.Link || DiskFiles.TargetOf(Full(path)).AsSpan().SequenceEqual(DiskFiles.TargetOf(Path.Combine(source.Folder, path.Value))));

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
    }

    public override IReadOnlyList<RepoPath> RestoreGit()
    {
        var (mine, git) = (Path.Combine(Root, ".git"), Path.Combine(source.Folder, ".git"));
        var (now, before) = (DiskFiles.KindOf(mine), DiskFiles.KindOf(git));
        if (now == before)
            return [];
        DiskFiles.Remove(mine);
        source.CopyGit(Root);
        return now is EntryKind.Nothing ? [] : [new RepoPath(".git")];
    }

    /// <summary>Gives the files of a lane that are second names of the base's an inode of their own, so that a write in place stays in this workspace.</summary>
    public void Unshare(LayerScan scan, Ownership lane, string spare)
    {
        foreach (var (path, _) in scan.Entries.Where(entry => source.IsShared(entry.Key, entry.Value) && lane.Includes(entry.Key)))
        {
            Separate(path, spare);
            scan.Entries[path] = DiskFiles.StatOf(Full(path))!.Value;
        }
    }

    /// <summary>The files of the base that were written in place through their second names here.</summary>
    public IReadOnlyList<RepoPath> Damaged(LayerScan scan) =>
        [.. scan.Entries.Where(entry => source.IsShared(entry.Key, entry.Value) && !IsAsInBase(entry.Key, entry.Value)).Select(entry => entry.Key)];

    /// <summary>Gives a damaged file of the base its content, time and mode again, in place, so that it is whole under all of its names.</summary>
    public void RestoreBase(RepoPath path, string finished) => source.Restore(path, finished);
}
