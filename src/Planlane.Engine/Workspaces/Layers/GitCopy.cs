using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>The <c>.git</c> of one whole workspace. One caller at a time, and never while a command runs.</summary>
/// <param name="folder">Where it lies.</param>
/// <param name="source">What it is a copy of.</param>
internal sealed class GitCopy(string folder, GitSource source)
{
    private static readonly HashSet<RepoPath> None = [];
    private LayerScan? _put;

    /// <summary>Takes what lies there for a fresh copy.</summary>
    public void Know() => _put = Scan();

    /// <summary>Makes it the base's again; gives the paths at which something was planted.</summary>
    /// <param name="isOld">Whether something was not changed since it was last looked at.</param>
    public IReadOnlyList<RepoPath> Restore(Func<EntryStat, bool> isOld)
    {
        var now = Scan();
        var changed = _put is null ? [] : Changed(_put, now, isOld).ToList();
        if (_put is not null && changed.Count == 0)
            return [];
        if (changed.Any(source.IsShared))
            source.Mend();
        DiskFiles.Remove(folder);
        source.CopyTo(folder);
        Know();
        return [.. Layer.PlantedNames.Where(name => changed.Any(path => path == name || path.StartsWith(name + "/", StringComparison.Ordinal))).Concat(changed.Where(source.IsShared)).Select(name => new RepoPath($".git/{name}")),
            .. changed.Contains("") ? [new RepoPath(".git")] : Array.Empty<RepoPath>()];
    }

    // An empty path stands for all of it.
    private IEnumerable<string> Changed(LayerScan put, LayerScan now, Func<EntryStat, bool> isOld)
    {
        var kind = DiskFiles.KindOf(folder);
        if (!source.Exists)
            return kind is EntryKind.Nothing ? [] : [""];
        if (kind is not EntryKind.Folder || now.Unreadable.Count > 0)
            return [""];
        var entries = put.Entries.Keys.Union(now.Entries.Keys).Where(path => !(put.Entries.TryGetValue(path, out var was) && now.Entries.TryGetValue(path, out var stat) && IsSame(path.Value, was, stat, isOld)));
        return entries.Concat(put.Folders.Except(now.Folders)).Concat(now.Folders.Except(put.Folders)).Select(path => path.Value);
    }

    private bool IsSame(string path, EntryStat was, EntryStat now, Func<EntryStat, bool> isOld)
    {
        // The change time of what has several names moves when another workspace is made or removed.
        var looksSame = source.IsShared(path) ? now.LooksLike(was) && now.Inode == was.Inode : now.IsUnchangedFrom(was);
        return looksSame && (isOld(now) || source.HasContent(path, Path.Combine(folder, path)));
    }

    private LayerScan Scan() => LayerScan.Of(folder, None);
}
