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
    private readonly RepoPath[] _folders;
    private readonly GitRepository _repository;
    private readonly TreeView _tracked;
    private readonly bool _links;

    private CopySource(GitRepository repository, string folder, TreeView tracked, IReadOnlySet<RepoPath> skipped, bool links, string own)
    {
        (_repository, Folder, _tracked, _links) = (repository, folder, tracked, links);
        var scan = LayerScan.Of(folder, skipped);
        _files = new ConcurrentDictionary<RepoPath, EntryStat>(scan.Entries);
        _folders = [.. scan.Entries.Keys.Select(path => path.Folder).Distinct().Where(path => path.Length > 0).Select(path => new RepoPath(path))];
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

    /// <summary>Whether a file that looks like the base's holds the same.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="full">Where it lies.</param>
    public bool HasContent(RepoPath path, string full)
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
        Parallel.ForEach(_files, file =>
        {
            var to = Path.Combine(half, file.Key.Value);
            if (!_links || file.Value.Kind is not EntryKind.File || _tracked.InBase(file.Key) is null || isWritten(file.Key) || !DiskFiles.TryLink(Path.Combine(Folder, file.Key.Value), to))
                CopyTo(file.Key, file.Value.Kind, to);
        });
        Git.CopyTo(Path.Combine(half, ".git"));
        Directory.Move(half, target);
    }

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
