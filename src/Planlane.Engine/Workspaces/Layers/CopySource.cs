using System.Collections.Concurrent;
using Planlane.Git;
using Planlane.Values;
using Planlane.Workspaces.Collecting;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Layers;

/// <summary>A base of which whole copies are made. Thread-safe.</summary>
/// <remarks>
/// Tracked files become second names of the base's files, as hardly any command writes them; ignored ones, which builds write in place, are copied. The content of what has second names is
/// known from the moment when the base was opened: a command can write in place and set size and time back.
/// </remarks>
internal sealed class CopySource
{
    private readonly ConcurrentDictionary<RepoPath, EntryStat> _files;
    private readonly ConcurrentDictionary<RepoPath, ObjectId> _ids = [];
    private readonly RepoPath[] _order;
    private readonly RepoPath[] _folders;

    // The change times at which what has second names was read and found whole, and the latest moment that is known to have passed.
    private readonly ConcurrentDictionary<RepoPath, long> _whole = [];
    private long _now;
    private readonly GitRepository _repository;
    private readonly TreeView _tracked;
    private readonly bool _links;

    private CopySource(GitRepository repository, string folder, TreeView tracked, IReadOnlySet<RepoPath> skipped, bool links, string own)
    {
        (_repository, Folder, _tracked, _links) = (repository, folder, tracked, links);
        var scan = LayerScan.Of(folder, skipped);
        _files = new ConcurrentDictionary<RepoPath, EntryStat>(scan.Entries);
        // In order, so that the system finds the folder of the next file where it found the last one's.
        _order = [.. scan.Entries.Keys.Order()];
        _folders = [.. _order.Select(path => path.Folder).Distinct().Where(path => path.Length > 0).Select(path => new RepoPath(path))];
        Git = new GitSource(folder, Path.Combine(own, ".objects"), repository.ObjectFormat, links);
    }

    public string Folder { get; }

    /// <summary>The files and links of the base as they were.</summary>
    public IReadOnlyDictionary<RepoPath, EntryStat> Files => _files;

    /// <summary>The base's small repository.</summary>
    public GitSource Git { get; }

    /// <summary>Looks at a base. Where files will have second names, those that a command of a killed process spoiled are put right.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folder">Where the base lies.</param>
    /// <param name="tracked">Its tracked files.</param>
    /// <param name="skipped">The paths that are not copied.</param>
    /// <param name="links">Whether files may be second names.</param>
    /// <param name="own">A folder of the run's own, on the file system of the copies.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<CopySource> OpenAsync(
        GitRepository repository, string folder, TreeView tracked, IReadOnlySet<RepoPath> skipped, bool links, string own, CancellationToken cancellationToken)
    {
        var source = new CopySource(repository, folder, tracked, skipped, links, own);
        if (links)
            await source.MendAsync(new StagedFiles(repository, Path.Combine(own, ".mended")), cancellationToken).ConfigureAwait(false);
        return source;
    }

    /// <summary>Whether a file is a second name of the base's.</summary>
    public bool IsShared(RepoPath path, EntryStat stat) => _links && stat.Inode != 0 && _files.TryGetValue(path, out var known) && known.Inode == stat.Inode && known.Kind is EntryKind.File;

    /// <summary>Says that a moment has passed, by the clock of the file system.</summary>
    /// <param name="moment">In nanoseconds since 1970.</param>
    public void Pass(long moment) => Interlocked.Exchange(ref _now, Math.Max(moment, Interlocked.Read(ref _now)));

    /// <summary>Whether a file that looks like the base's holds the same.</summary>
    /// <remarks>
    /// What has second names is read once for all workspaces, until it changes again; a new name is a change, too. A change time that is not over when a file is read proves nothing, as
    /// another write can have the same.
    /// </remarks>
    /// <param name="path">Its path.</param>
    /// <param name="stat">What was seen there.</param>
    /// <param name="full">Where it lies.</param>
    public bool HasContent(RepoPath path, EntryStat stat, string full)
    {
        var isShared = IsShared(path, stat);
        if (isShared && _whole.TryGetValue(path, out var changed) && changed == stat.Changed)
            return true;
        var isOver = stat.Changed < Interlocked.Read(ref _now);
        if (!IsSame(path, full))
            return false;
        if (isShared && isOver)
            _whole[path] = stat.Changed;
        return true;
    }

    /// <summary>Makes a whole copy; it is there in full or not at all.</summary>
    /// <param name="target">Where.</param>
    /// <param name="isWritten">The paths whose files must be their own.</param>
    public void CopyAll(string target, Func<RepoPath, bool> isWritten)
    {
        var half = target + ".new";
        DiskFiles.Remove(half);
        Directory.CreateDirectory(half);
        foreach (var folder in _folders)
            Directory.CreateDirectory(Path.Combine(half, folder.Value));
        Parallel.ForEach(_order, path =>
        {
            var (kind, to) = (_files[path].Kind, Path.Combine(half, path.Value));
            if (!IsLinked(path, kind, isWritten) || !DiskFiles.TryLink(Path.Combine(Folder, path.Value), to))
                CopyTo(path, kind, to);
        });
        Git.CopyTo(Path.Combine(half, ".git"));
        Directory.Move(half, target);
    }

    /// <summary>What lies in a whole copy that was just made.</summary>
    public LayerScan Made(Func<RepoPath, bool> isWritten) =>
        LayerScan.OfKnown(_files.Select(file => KeyValuePair.Create(file.Key, file.Value with { Changed = 0, Inode = IsLinked(file.Key, file.Value.Kind, isWritten) ? file.Value.Inode : 0 })), _folders);

    /// <summary>Copies a file or link of the base with its time and mode.</summary>
    public void Copy(RepoPath path, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        CopyTo(path, _files[path].Kind, to);
    }

    /// <summary>Writes a file of the base anew in place, and gives it the time and the mode that it had.</summary>
    public void Restore(RepoPath path, string finished)
    {
        var full = Path.Combine(Folder, path.Value);
        DiskFiles.Overwrite(finished, full, _files[path]);
        _files[path] = DiskFiles.StatOf(full)!.Value;
        _ids[path] = BlobIds.OfFile(full, _repository.ObjectFormat);
    }

    private bool IsSame(RepoPath path, string full)
    {
        try
        {
            return BlobIds.OfFile(full, _repository.ObjectFormat) == _ids.GetOrAdd(path, known => BlobIds.OfFile(Path.Combine(Folder, known.Value), _repository.ObjectFormat));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool IsLinked(RepoPath path, EntryKind kind, Func<RepoPath, bool> isWritten) => _links && kind is EntryKind.File && _tracked.InBase(path) is not null && !isWritten(path);

    private void CopyTo(RepoPath path, EntryKind kind, string to)
    {
        var from = Path.Combine(Folder, path.Value);
        if (kind is EntryKind.Link)
            File.CreateSymbolicLink(to, new FileInfo(from).LinkTarget!);
        else if (kind is EntryKind.File)
            DiskFiles.Copy(from, to);
    }

    private async Task MendAsync(StagedFiles staged, CancellationToken cancellationToken)
    {
        var linked = _files.Where(file => file.Value.Kind is EntryKind.File && _tracked.InBase(file.Key) is not null).Select(file => file.Key).ToList();
        Parallel.ForEach(linked, path => _ids[path] = BlobIds.OfFile(Path.Combine(Folder, path.Value), _repository.ObjectFormat));
        var odd = linked.Where(path => _ids[path] != _tracked.InBase(path)!.Value.Id).Order().ToList();
        if (odd.Count == 0)
            return;

        // Line ends and the like: git says what the file would be stored as.
        var call = new GitCall("hash-object", "--stdin-paths")
        {
            WorkTree = Folder,
            Input = GitCall.Lines(odd.Select(path => Quoted(path.Value)), '\n'),
            Settings = await _repository.FiltersOffAsync(cancellationToken).ConfigureAwait(false),
        };
        var stored = (await _repository.CliIn(Folder).TextAsync(call, cancellationToken).ConfigureAwait(false)).Split('\n');
        var spoiled = odd.Zip(stored).Where(pair => pair.Second != _tracked.InBase(pair.First)!.Value.Id.Value).Select(pair => pair.First).ToList();
        await staged.MakeAsync([.. spoiled.Select(path => KeyValuePair.Create(path, _tracked.InBase(path)!.Value))], _tracked, cancellationToken).ConfigureAwait(false);
        foreach (var path in spoiled)
            Restore(path, staged[path]);
        staged.Clear();
    }

    // Git takes a line that begins with a quotation mark for a string of C.
    private static string Quoted(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
