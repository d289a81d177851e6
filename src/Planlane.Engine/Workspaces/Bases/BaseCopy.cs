using System.Collections.Concurrent;
using Planlane.Git;
using Planlane.Workspaces.Disk;

namespace Planlane.Workspaces.Bases;

/// <summary>Writes the files of a base: from the previous base by links, from the user's folder by copies that keep times and modes, and the rest from the object database.</summary>
/// <param name="repository">The repository.</param>
/// <param name="inventory">What to write.</param>
/// <param name="folder">Where; an empty folder.</param>
/// <param name="previous">The base whose files are linked where they are the same; null for none.</param>
internal sealed class BaseCopy(GitRepository repository, BaseInventory inventory, string folder, BaseManifest? previous)
{
    private readonly ConcurrentBag<BaseEntry> _written = [];
    private readonly ConcurrentBag<BaseEntry> _stored = [];

    /// <summary>Whether files came from the object database, so that the index does not know their times.</summary>
    public bool HasStored => !_stored.IsEmpty;

    /// <summary>Writes all.</summary>
    /// <param name="index">The index of the base's tree.</param>
    /// <param name="cancellationToken">Stops it; what is written is of no use then.</param>
    /// <returns>The files that are there now.</returns>
    public async Task<IReadOnlyDictionary<string, BaseEntry>> WriteAsync(PrivateIndex index, CancellationToken cancellationToken)
    {
        var folders = inventory.Entries.Select(entry => Path.GetDirectoryName(entry.Path)!).Concat(inventory.Folders).Distinct().Where(path => path.Length > 0).ToList();
        foreach (var path in folders)
            Directory.CreateDirectory(Path.Combine(folder, path));

        await Parallel.ForEachAsync(inventory.Entries, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, (entry, _) =>
        {
            Write(entry);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        await CheckOutAsync(index, cancellationToken).ConfigureAwait(false);
        foreach (var path in folders)
            KeepTime(path);
        return _written.Concat(_stored.Select(entry => entry with { Stamp = FileStamp.Of(To(entry)) })).Where(entry => entry.Stamp.Kind != EntryKind.Nothing).ToDictionary(entry => entry.Path);
    }

    private void Write(BaseEntry entry)
    {
        if (TryLink(entry))
            return;
        if (!entry.IsStored && TryCopy(entry) is { } copied)
            _written.Add(entry with { Stamp = copied });
        else if (entry.Blob is not null)
            _stored.Add(entry with { IsStored = true });
    }

    // What lies in a base is never written in place, so that two bases may have one file between them. What comes from the object database is written anew: with its old
    // time it could be older than what the user built from another text, and builds would not see it.
    private bool TryLink(BaseEntry entry)
    {
        if (entry.IsStored || previous?.Entries.GetValueOrDefault(entry.Path) is not { IsStored: false } old || old.Blob != entry.Blob || old.Stamp != entry.Stamp)
            return false;
        var from = Path.Combine(previous.Head.Folder, entry.Path);
        if (FileStamp.Of(from) != old.Stamp || !DiskFiles.TryLink(from, To(entry)))
            return false;
        _written.Add(entry);
        return true;
    }

    // The stamp of the copy; null when the user's file is not, or no longer, what was listed.
    private FileStamp? TryCopy(BaseEntry entry)
    {
        var from = Path.Combine(repository.Root, entry.Path);
        try
        {
            if (entry.Stamp.Kind == EntryKind.Link)
                CopyLink(from, To(entry));
            else
                File.Copy(from, To(entry));
            if (FileStamp.Of(from) == entry.Stamp && FileStamp.Of(To(entry)) is var copied && copied.Size == entry.Stamp.Size && copied.Kind == entry.Stamp.Kind)
                return copied;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It was removed meanwhile, or the user may not read it.
        }

        File.Delete(To(entry));
        return null;
    }

    private static void CopyLink(string from, string to)
    {
        File.CreateSymbolicLink(to, new FileInfo(from).LinkTarget ?? throw new FileNotFoundException("No link any more.", from));
        FileStamp.Of(from).SetTimeOf(to);
    }

    // Attributes first: git reads the line ends of the others from those that are there.
    private async Task CheckOutAsync(PrivateIndex index, CancellationToken cancellationToken)
    {
        foreach (var files in _stored.Select(entry => entry.Path).GroupBy(path => Path.GetFileName(path) != ".gitattributes").OrderBy(group => group.Key))
        {
            var call = new GitCall("checkout-index", "-q", "-f", "-z", "--stdin")
            {
                IndexFile = index.Path,
                WorkTree = folder,
                Input = GitCall.Lines(files, '\0'),
                Settings = await repository.FiltersOffAsync(cancellationToken).ConfigureAwait(false),
            };
            // In the folder: git takes the paths from where it stands.
            await repository.CliIn(folder).RunAsync(call, cancellationToken).ConfigureAwait(false);
        }
    }

    private void KeepTime(string path)
    {
        if (FileStamp.Of(Path.Combine(repository.Root, path)) is { Kind: EntryKind.Folder } stamp)
            stamp.SetTimeOf(Path.Combine(folder, path));
    }

    private string To(BaseEntry entry) => Path.Combine(folder, entry.Path);
}
