using Planlane.Journal.Checkpoints;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>A journal in a file of JSON lines that is only ever appended to.</summary>
public sealed class JsonLinesJournal : IJournal
{
    private readonly RunLease _lease;
    private readonly DiskReserve _reserve;
    private readonly FileStream _file;
    private readonly CheckpointKeeper _checkpoint;
    private RestoredJournal? _existing;
    private RunState? _restored;
    private long _length;
    private bool _isClosed;

    private JsonLinesJournal(RunLease lease, DiskReserve reserve, FileStream file, RestoredJournal existing)
    {
        _lease = lease;
        _reserve = reserve;
        _file = file;
        _existing = existing;
        _checkpoint = new CheckpointKeeper(file.Name, file.SafeFileHandle, existing.Prefix, existing.Start.Sequence);
        _length = existing.WholeLength;
    }

    /// <inheritdoc />
    public PlanlaneException? Shortage { get; private set; }

    /// <summary>Opens a journal for writing, and makes it when it is not there; a line that a crash cut off is removed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock; it says since when this process has the run.</param>
    /// <exception cref="PlanlaneException">Another process writes it, it cannot be opened, it is damaged, or the disk has no room for it; nothing was changed.</exception>
    public static JsonLinesJournal Open(string path, TimeProvider time)
    {
        RunLease? lease = null;
        FileStream? file = null;
        var reserve = new DiskReserve(path + ".reserve");
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
            lease = RunLease.Take(path, time);
            reserve.Take();
            var isNew = !File.Exists(path);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            // The folders of the run, of all runs, and ours are as new as the first journal.
            if (isNew)
                DurableFolder.Flush(folder, levels: 4);
            var existing = RestoredJournal.Read(file, path);
            if (existing.WholeLength < file.Length)
                file.SetLength(existing.WholeLength);
            file.Seek(existing.WholeLength, SeekOrigin.Begin);
            return new JsonLinesJournal(lease, reserve, file, existing);
        }
        catch (Exception exception)
        {
            file?.Dispose();
            // Without the lease the room is another process's.
            if (lease is not null)
                reserve.Dispose();
            lease?.Dispose();
            if (exception is not (IOException or UnauthorizedAccessException))
                throw;
            throw new PlanlaneException(
                FaultKind.Failed,
                $"The run's journal cannot be opened, so nothing is started: {exception.Message}",
                $"Make {Path.GetDirectoryName(path)} writable, with room on its disk.",
                exception);
        }
    }

    /// <summary>Reads a journal that may be written by another process at the same time.</summary>
    /// <exception cref="PlanlaneException">It is not there or cannot be read.</exception>
    public static Task<IReadOnlyList<RecordedEvent>> ReadAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(path, useCheckpoint: false, journal => journal.Later, cancellationToken);

    /// <summary>The state after the last event of a journal that may be written by another process at the same time; with a checkpoint it costs much less than its events.</summary>
    /// <exception cref="PlanlaneException">It is not there or cannot be read.</exception>
    public static Task<RunState> LoadAsync(string path, CancellationToken cancellationToken) => ReadAsync(path, useCheckpoint: true, journal => journal.Fold(), cancellationToken);

    /// <summary>The state that a journal leads to; null when it cannot be read, which must not hide other runs: naming it tells what is wrong.</summary>
    public static async Task<RunState?> TryLoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (PlanlaneException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_existing switch
        {
            null => throw new InvalidOperationException("The journal is read before anything is added."),
            { Start.Sequence: 0 } existing => existing.Later,
            _ => RestoredJournal.Read(_file, _file.Name, useCheckpoint: false).Later,
        });

    /// <inheritdoc />
    public Task<RunState> RestoreAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_restored ??= (_existing ?? throw new InvalidOperationException("The journal is read before anything is added.")).Fold());

    /// <inheritdoc />
    public void Reached(RunState state)
    {
        // What room there is, is for the events.
        if (Shortage is null && !_isClosed)
            _checkpoint.Reached(state, _length);
    }

    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var recorded in events)
        {
            lines.Write(EventJson.Write(recorded));
            lines.WriteByte((byte)'\n');
        }

        // Whether the bytes of a failed flush are on the disk is not known, so nothing may come after them.
        if (_isClosed)
            throw Full(new IOException("an earlier event could not be written"));
        _isClosed = true;
        (_existing, _restored) = (null, null);
        try
        {
            await WriteAsync(lines, cancellationToken).ConfigureAwait(false);
            _isClosed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            throw Full(exception);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        try
        {
            await _checkpoint.FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            _checkpoint.Dispose();
            _reserve.Dispose();
            await _file.DisposeAsync().ConfigureAwait(false);
            _lease.Dispose();
        }
    }

    private static async Task<T> ReadAsync<T>(string path, bool useCheckpoint, Func<RestoredJournal, T> take, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return await Task.Run(
                () =>
                {
                    var journal = RestoredJournal.Read(file, path, useCheckpoint);
                    using (journal.Prefix)
                        return take(journal);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The run's journal cannot be read: {exception.Message}", null, exception);
        }
    }

    private async Task WriteAsync(MemoryStream lines, CancellationToken cancellationToken)
    {
        var bytes = lines.GetBuffer().AsMemory(0, (int)lines.Length);
        try
        {
            await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException exception) when (_reserve.Release())
        {
            Shortage = Full(exception);
            TakeBack();
            await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
        }

        _length += lines.Length;
    }

    private static PlanlaneException Full(Exception cause) => new(
        FaultKind.Failed,
        $"The run's journal cannot be written, so nothing more is started: {cause.Message}",
        "Make room on the disk, then go on with: planlane resume",
        cause);

    // A half-written line would be removed when the journal is opened again; the file is full, so removing it now may itself fail.
    private void TakeBack()
    {
        try
        {
            _file.SetLength(_length);
            _file.Seek(_length, SeekOrigin.Begin);
        }
        catch (IOException)
        {
            return;
        }
    }
}
