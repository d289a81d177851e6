using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Writes single objects in the form that git itself gives them (gitformat-loose), without a git process for each.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="repository">A repository that <see cref="GitRepository.IsPlain"/>.</param>
internal sealed class LooseObjects(GitRepository repository)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // Flushes block their threads, so that many agents must not flush at once.
    private readonly SemaphoreSlim _flushes = new(4);
    private readonly string _folder = Path.Combine(repository.CommonDir, "objects");
    private readonly ConcurrentDictionary<string, bool> _durable = [];
    private int _written;

    /// <summary>Writes an object that is on the disk when this returns. One that is there already is flushed, as nobody knows who wrote it, and made young, so that no collection takes it for a leftover.</summary>
    /// <exception cref="GitException">It cannot be written.</exception>
    public async Task<ObjectId> WriteDurablyAsync(string type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await _flushes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Write(type, content.Span, flush: true), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _flushes.Release();
        }
    }

    /// <summary>Writes an object that can be made again from others, and therefore need not be on the disk.</summary>
    /// <exception cref="GitException">It cannot be written.</exception>
    public ObjectId Write(string type, ReadOnlySpan<byte> content) => Write(type, content, flush: false);

    /// <summary>Brings objects to the disk that were written without that; those that are there in another form are left. Not on Windows, where a file that is only read cannot be flushed.</summary>
    /// <exception cref="GitException">One cannot be written.</exception>
    public async Task FlushAsync(IEnumerable<ObjectId> objects, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, (id, _) =>
            {
                var path = Path.Combine(_folder, id.Value[..2], id.Value[2..]);
                if (File.Exists(path))
                {
                    using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    RandomAccess.FlushToDisk(file);
                }

                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    private static GitException Unwritable(Exception cause) =>
        new(FaultKind.Failed, $"An object cannot be written to the repository: {cause.Message}", "Make room on the disk, and the .git folder writable.", cause);

    private ObjectId Write(string type, ReadOnlySpan<byte> content, bool flush)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {content.Length}\0")), .. content];
        var id = BlobIds.Hash(whole, repository.ObjectFormat).Value;
        var folder = Path.Combine(_folder, id[..2]);
        var target = Path.Combine(folder, id[2..]);
        try
        {
            if (!TryRenew(target, flush && !_durable.ContainsKey(id)))
                WriteFile(folder, target, whole, flush);
            if (flush)
                _durable.TryAdd(id, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }

        return new ObjectId(id);
    }

    // False when there is no such object, perhaps since a moment: git's housekeeping packs objects while we work.
    private bool TryRenew(string target, bool flush)
    {
        try
        {
            if (!File.Exists(target))
                return false;
            File.SetLastWriteTimeUtc(target, repository.Time.GetUtcNow().UtcDateTime);
            if (!flush)
                return true;
            using var file = File.OpenHandle(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's, who shares the repository: it is as old and as durable as he left it.
        }

        return true;
    }

    // Under a name that git's own housekeeping removes should we be killed; whole under its own name or not at all.
    private void WriteFile(string folder, string target, byte[] whole, bool flush)
    {
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"tmp_obj_{Environment.ProcessId}_{Interlocked.Increment(ref _written)}"));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ReadOnly;
        try
        {
            using (var file = new FileStream(part, options))
            {
                using (var packed = new ZLibStream(file, CompressionLevel.Fastest, leaveOpen: true))
                    packed.Write(whole);
                file.Flush(flush);
            }

            File.Move(part, target, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
