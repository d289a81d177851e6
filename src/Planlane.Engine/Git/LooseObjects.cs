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
            return await Task.Run(() => Write(type, content.Span), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _flushes.Release();
        }
    }

    private ObjectId Write(string type, ReadOnlySpan<byte> content)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {content.Length}\0")), .. content];
        var id = BlobIds.Hash(whole, repository.ObjectFormat).Value;
        var folder = Path.Combine(_folder, id[..2]);
        var target = Path.Combine(folder, id[2..]);
        try
        {
            if (!File.Exists(target))
                WriteFile(folder, target, whole);
            else
                Renew(target, mustFlush: !_durable.ContainsKey(id));
            _durable.TryAdd(id, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GitException(FaultKind.Failed, $"An object cannot be written to the repository: {exception.Message}", "Make room on the disk, and the .git folder writable.", exception);
        }

        return new ObjectId(id);
    }

    private void Renew(string target, bool mustFlush)
    {
        try
        {
            File.SetLastWriteTimeUtc(target, repository.Time.GetUtcNow().UtcDateTime);
            if (!mustFlush)
                return;
            using var file = File.OpenHandle(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's, who shares the repository: it is as old and as durable as he left it.
        }
    }

    // Under a name that git's own housekeeping removes should we be killed; whole under its own name or not at all.
    private void WriteFile(string folder, string target, byte[] whole)
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
                file.Flush(flushToDisk: true);
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
