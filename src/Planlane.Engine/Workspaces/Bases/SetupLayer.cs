using Planlane.Sandbox;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Setup on an overlay over the frozen base: what is written lies in a layer, which workspaces get as one of theirs.</summary>
internal sealed class SetupLayer : SetupPlace
{
    private readonly string _upper;
    private readonly List<(SharedFolder Folder, string Upper)> _shared;

    public SetupLayer(string root, string folder, BaseManifest manifest)
        : base(root, folder, manifest)
    {
        _upper = Made("upper");
        _shared = [.. manifest.Head.Shared.Select((shared, at) => (shared, Made($"shared-{at}")))];
        Mounts =
        [
            new BoxMount.Overlay(root, [manifest.Head.Folder], _upper, Made("upper.work")) { IsLasting = true },
            .. _shared.Select((shared, at) => new BoxMount.Overlay(Path.Combine(root, shared.Folder.Path.Value), [shared.Folder.Source], shared.Upper, Made($"shared-{at}.work")) { IsLasting = true }),
        ];
    }

    protected override string Seen => Root;

    protected override ValueList<BoxMount> Mounts { get; }

    public override BaseFiles Result()
    {
        var putBack = PutBack("").ToList();
        return With(putBack) with
        {
            Layers = [_upper],
            Shared = _shared.Select(shared => Directory.EnumerateFileSystemEntries(shared.Upper).Any() ? shared.Folder with { Layers = [shared.Upper] } : shared.Folder).ToValueList(),
        };
    }

    // A tracked file that was written, or whose place is marked as deleted, lies in the layer under its own path.
    private IEnumerable<string> PutBack(string path)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(_upper, path)).ToList())
        {
            var below = path.Length == 0 ? Path.GetFileName(entry) : $"{path}/{Path.GetFileName(entry)}";
            var kind = DiskFiles.KindOf(entry);
            var isTracked = Manifest.Entries.GetValueOrDefault(below)?.Blob is not null;
            if (kind == EntryKind.Folder && !isTracked)
            {
                // A folder that setup removed and made again hides all that was below it, tracked files too.
                if (HoldsTracked(below))
                    OverlayMarks.RemoveOpaque(entry);
                foreach (var put in PutBack(below))
                    yield return put;
            }
            else if (isTracked || (kind != EntryKind.Folder && HoldsTracked(below)))
            {
                DiskFiles.Remove(entry);
                yield return below;
            }
        }
    }

    private bool HoldsTracked(string path) => TrackedFolders.Contains(path);

    private HashSet<string> TrackedFolders => field ??= [.. Manifest.Entries.Values.Where(entry => entry.Blob is not null).SelectMany(entry => TreePlaces.Above(entry.Path))];

    private string Made(string name) => Directory.CreateDirectory(Path.Combine(Own, name)).FullName;
}
