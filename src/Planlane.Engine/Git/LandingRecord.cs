using System.Text.Json;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>What a landing is about to do, on disk before it does it, so that one that was killed can be finished or taken back.</summary>
/// <param name="Run">The run.</param>
/// <param name="BranchRef">The branch to move; null to move a detached HEAD.</param>
/// <param name="From">The commit that it names before.</param>
/// <param name="To">The commit that it names after.</param>
/// <param name="Undo">True when a landing is being taken back.</param>
/// <param name="Changes">Where the two commits differ.</param>
/// <param name="NewFolders">Folders that the work tree did not have before.</param>
internal sealed record LandingRecord(
    RunId Run, string? BranchRef, ObjectId From, ObjectId To, bool Undo, ValueList<TreeDifference> Changes, ValueList<RepoPath> NewFolders)
{
    /// <summary>The commit that the branch names and keeps, when index and work tree alone change; null when the branch moves.</summary>
    public ObjectId? Standing { get; init; }

    /// <summary>Whether the user's reference-transaction hook runs, also when a landing that was killed is finished.</summary>
    public bool RunsHooks { get; init; } = true;

    public string MovedRef => BranchRef ?? "HEAD";

    public RefMove Move => new(Run, MovedRef, Standing ?? From, Standing ?? To, Undo);

    public static async Task<LandingRecord> OfAsync(
        GitRepository repository, RunId run, string? branchRef, ObjectId from, ObjectId to, bool undo, CancellationToken cancellationToken)
    {
        var changes = await repository.DiffStatAsync(from, to, cancellationToken).ConfigureAwait(false);
        var folders = changes.Where(change => change.NewId is not null).SelectMany(change => FoldersOf(change.Path)).Distinct()
            .Where(folder => !Directory.Exists(Path.Combine(repository.Root, folder.Value))).Order();
        return new LandingRecord(run, branchRef, from, to, undo, changes, folders.ToValueList());
    }

    /// <summary>The folders on the way to a path, outermost first.</summary>
    public static IEnumerable<RepoPath> FoldersOf(RepoPath path)
    {
        for (var at = path.Value.IndexOf('/'); at >= 0; at = path.Value.IndexOf('/', at + 1))
            yield return new RepoPath(path.Value[..at]);
    }
}

/// <summary>The files that a landing keeps while it lasts, in the folder of the work tree's own git state.</summary>
/// <param name="repository">The repository.</param>
internal sealed class LandingFiles(GitRepository repository)
{
    private readonly string _folder = Path.Combine(repository.GitDir, "planlane");

    /// <summary>The copy of the index that the work tree is updated with, and that becomes the index.</summary>
    public string Index => Path.Combine(_folder, "landing.index");

    /// <summary>The index as it was; there once the new one is ready to be installed.</summary>
    public string OldIndex => Path.Combine(_folder, "landing.old-index");

    /// <summary>Says that git was started on the work tree, and holds its process id.</summary>
    public string Child => Path.Combine(_folder, "landing.pid");

    /// <summary>Git's lock of the index.</summary>
    public string IndexLock => repository.IndexPath + ".lock";

    private string Record => Path.Combine(_folder, "landing.json");

    /// <summary>Keeps every other landing away until the stream is disposed or the process dies; null when one is under way.</summary>
    public FileStream? TryOwn()
    {
        Directory.CreateDirectory(_folder);
        try
        {
            return new FileStream(Path.Combine(_folder, "landing.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public LandingRecord? ReadRecord() => File.Exists(Record) ? JsonSerializer.Deserialize<LandingRecord>(File.ReadAllBytes(Record)) : null;

    public void WriteRecord(LandingRecord record)
    {
        WriteThrough(Record + ".new", JsonSerializer.SerializeToUtf8Bytes(record));
        File.Move(Record + ".new", Record, overwrite: true);
    }

    /// <summary>Takes git's lock of the index as git does, marked as ours; false when somebody holds it.</summary>
    /// <exception cref="IOException">The mark cannot be written; the lock is given back.</exception>
    public bool TryLockIndex(RunId run)
    {
        FileStream file;
        try
        {
            // The system makes it or says that it is there, in one step; a move asks first, and then replaces what came in between.
            file = new FileStream(IndexLock, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException)
        {
            return false;
        }

        try
        {
            using (file)
            {
                file.Write(MarkOf(run));
                file.Flush(flushToDisk: true);
            }

            return true;
        }
        catch (IOException)
        {
            File.Delete(IndexLock);
            throw;
        }
    }

    public bool HoldsIndexLock(RunId run) => File.Exists(IndexLock) && File.ReadAllBytes(IndexLock).AsSpan().SequenceEqual(MarkOf(run));

    /// <summary>True once the new index has taken the place of the old one.</summary>
    public bool IndexIsInstalled => File.Exists(OldIndex) && !File.Exists(Index);

    public void InstallIndex()
    {
        PrivateIndex.CopyKeepingTime(repository.IndexPath, OldIndex + ".new");
        File.Move(OldIndex + ".new", OldIndex, overwrite: true);
        using (var index = new FileStream(Index, FileMode.Open, FileAccess.ReadWrite))
            index.Flush(flushToDisk: true);
        File.Move(Index, repository.IndexPath, overwrite: true);
    }

    /// <summary>Forgets the landing: the locks first, the record last.</summary>
    public void Clear(RunId run)
    {
        if (HoldsIndexLock(run))
            File.Delete(IndexLock);
        foreach (var file in new[] { Index, Index + ".lock", OldIndex, OldIndex + ".new", Child, Record + ".new", Record })
            File.Delete(file);
    }

    private static byte[] MarkOf(RunId run) => System.Text.Encoding.UTF8.GetBytes($"planlane: run {run} is landing\n");

    private static void WriteThrough(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
