using Planlane.Values;
using Planlane.Workspaces.Collecting;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>The upper layer of an overlay: it holds only what differs from the base.</summary>
/// <remarks>How an upper layer says that something is removed, and that a folder hides another, is the kernel's documentation: Documentation/filesystems/overlayfs.rst, "whiteouts and opaque directories".</remarks>
/// <param name="root">The upper layer's folder.</param>
/// <param name="skipped">The paths that are mounted over it.</param>
internal sealed class OverlayLayer(string root, IReadOnlySet<RepoPath> skipped) : Layer(root, skipped)
{
    public override bool ShowsBase(RepoPath path, LayerScan scan) => !scan.Hides(path);

    public override IEnumerable<RepoPath> Missable(LayerScan scan, TreeView wanted) =>
        wanted.Changed.Concat(scan.Hiding.SelectMany(wanted.Below)).Concat(scan.Folders.Where(folder => wanted.Find(folder) is not null));

    public override void Remove(RepoPath path, bool isInBase)
    {
        if (IsBlocked(path))
            return;
        DiskFiles.Remove(Full(path));
        if (!isInBase || FoldersOf(path).Any(folder => OverlayMarks.IsOpaque(Full(folder))))
        {
            Prune(path, OverlayMarks.IsOpaque);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        OverlayMarks.MakeRemoval(Full(path));
    }

    public override void Forget(RepoPath path)
    {
        if (IsBlocked(path))
            return;
        DiskFiles.Remove(Full(path));
        Prune(path, OverlayMarks.IsOpaque);
    }

    public override void Put(RepoPath path, string finished)
    {
        foreach (var folder in FoldersOf(path))
        {
            var full = Full(folder);
            var kind = DiskFiles.KindOf(full);
            if (kind is EntryKind.Folder)
                continue;
            DiskFiles.Remove(full);
            Directory.CreateDirectory(full);
            // What hid the base until now goes on hiding it.
            if (kind is not EntryKind.Nothing)
                OverlayMarks.MakeOpaque(full);
        }

        DiskFiles.Remove(Full(path));
        File.Move(finished, Full(path));
    }

    public override void Clear()
    {
        DiskFiles.Remove(Root);
        Directory.CreateDirectory(Root);
    }

    public override void BringBack(LayerScan scan, TreeView tree)
    {
        // A folder that was removed and made again hides all that the base has in it. Where the base's tree has files in it, too, these would be seen again; it is left.
        foreach (var folder in scan.Folders.Where(folder => scan.Hiding.Contains(folder) && !tree.BelowInBase(folder).Any()))
        {
            OverlayMarks.RemoveOpaque(Full(folder));
            Prune(new RepoPath($"{folder}/any"), OverlayMarks.IsOpaque);
        }
    }

    public override IReadOnlyList<RepoPath> RestoreGit()
    {
        var git = Path.Combine(Root, ".git");
        if (DiskFiles.StatOf(git) is not { } stat)
            return [];
        // A command that only looks at the state writes the index anew; that is not worth a word.
        var planted = stat.Kind is not EntryKind.Folder ? [new RepoPath(".git")]
            : PlantedNames.Where(name => DiskFiles.StatOf(Path.Combine(git, name)) is not null).Select(name => new RepoPath($".git/{name}")).ToList();
        DiskFiles.Remove(git);
        return planted;
    }
}
