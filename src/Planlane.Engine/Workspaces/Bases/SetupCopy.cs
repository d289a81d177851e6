using Planlane.Sandbox;
using Planlane.Values;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Setup where nothing can be overlaid: in a copy of the frozen base for this run. Real copies, as commands may write in place.</summary>
internal sealed class SetupCopy : SetupPlace
{
    private readonly string _files;
    private readonly bool _canBind;

    public SetupCopy(string root, string folder, BaseManifest manifest, bool canBind)
        : base(root, folder, manifest)
    {
        (_files, _canBind) = (Path.Combine(folder, "files"), canBind);
        Copy(manifest.Head.Folder, _files);
        // Without mounts the user's own folders are lent, as nothing else can be.
        foreach (var shared in canBind ? [] : manifest.Head.Shared)
            Lend(Path.Combine(_files, shared.Path.Value), shared.Source);
        Mounts = canBind
            ? [new BoxMount.Bind(root, _files, IsWritable: true), .. manifest.Head.Shared.Select(shared => new BoxMount.Bind(Path.Combine(root, shared.Path.Value), shared.Source, IsWritable: false))]
            : [];
    }

    protected override string Seen => _canBind ? Root : _files;

    protected override ValueList<BoxMount> Mounts { get; }

    public override BaseFiles Result()
    {
        foreach (var place in Manifest.Head.Shared.Select(shared => Path.Combine(_files, shared.Path.Value)).Where(place => DiskFiles.KindOf(place) == EntryKind.Link))
        {
            File.Delete(place);
            Directory.CreateDirectory(place);
        }

        var changed = Manifest.Entries.Values.Where(entry => entry.Blob is not null && FileStamp.Of(Path.Combine(_files, entry.Path)) != entry.Stamp).Select(entry => entry.Path).ToList();
        foreach (var path in changed)
            PutBack(path);
        return With(changed) with { Folder = _files };
    }

    private void PutBack(string path)
    {
        var (from, to) = (Path.Combine(Manifest.Head.Folder, path), Path.Combine(_files, path));
        for (var above = Path.GetDirectoryName(to)!; above.Length > _files.Length; above = Path.GetDirectoryName(above)!)
            if (DiskFiles.KindOf(above) is not (EntryKind.Folder or EntryKind.Nothing))
                File.Delete(above);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        DiskFiles.Remove(to);
        CopyFile(from, to);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in Directory.EnumerateFileSystemEntries(from))
            if (DiskFiles.KindOf(entry) == EntryKind.Folder)
                Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
            else
                CopyFile(entry, Path.Combine(to, Path.GetFileName(entry)));
        FileStamp.Of(from).SetTimeOf(to);
    }

    private static void CopyFile(string from, string to)
    {
        if (new FileInfo(from).LinkTarget is not { } target)
        {
            File.Copy(from, to);
            return;
        }

        File.CreateSymbolicLink(to, target);
        FileStamp.Of(from).SetTimeOf(to);
    }

    private static void Lend(string place, string source)
    {
        Directory.Delete(place);
        Directory.CreateSymbolicLink(place, source);
    }
}
