using System.Text.Json;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>A journal in a file of JSON lines that is only ever appended to.</summary>
public sealed class JsonLinesJournal : IJournal
{
    private readonly FileStream _lock;
    private readonly FileStream _file;
    private readonly byte[] _existing;
    private long _length;

    private JsonLinesJournal(FileStream owner, FileStream file, byte[] existing)
    {
        _lock = owner;
        _file = file;
        _existing = existing;
        _length = existing.Length;
    }

    /// <summary>Opens a journal for writing, and makes it when it is not there; a line that a crash cut off is removed.</summary>
    /// <exception cref="PlanlaneException">Another process writes it, or it cannot be opened.</exception>
    public static JsonLinesJournal Open(string path)
    {
        FileStream? owner = null, file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // A file of its own, as readers of the journal must not be kept out; the system lets go of it when this process dies.
            owner = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            if (whole < bytes.Length)
            {
                file.SetLength(whole);
                file.Seek(whole, SeekOrigin.Begin);
            }

            return new JsonLinesJournal(owner, file, bytes[..whole]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            owner?.Dispose();
            throw owner is null && File.Exists(path + ".lock")
                ? new PlanlaneException(FaultKind.Failed, "Another planlane process works on this run.", "Decide there, or stop it first.", exception)
                : new PlanlaneException(FaultKind.Failed, $"The run's journal cannot be opened: {exception.Message}", "Make the git folder writable.", exception);
        }
    }

    /// <summary>Reads a journal that may be written by another process at the same time.</summary>
    /// <exception cref="PlanlaneException">It is not there or cannot be read.</exception>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return Parse(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The run's journal cannot be read: {exception.Message}", null, exception);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Parse(_existing));

    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            using var lines = new MemoryStream();
            foreach (var recorded in events)
            {
                lines.Write(EventJson.Write(recorded));
                lines.WriteByte((byte)'\n');
            }

            await _file.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
            _length += lines.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            throw new PlanlaneException(
                FaultKind.Failed,
                $"The run's journal cannot be written, so nothing more is started: {exception.Message}",
                "Make room on the disk, then go on with: planlane resume",
                exception);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private static IReadOnlyList<RecordedEvent> Parse(byte[] bytes)
    {
        var events = new List<RecordedEvent>();
        for (var start = 0; Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0; start = end + 1)
        {
            try
            {
                events.Add(EventJson.Read(bytes.AsSpan(start, end - start)));
            }
            catch (JsonException exception)
            {
                throw new PlanlaneException(
                    FaultKind.Failed,
                    $"Line {events.Count + 1} of the run's journal is damaged, or an event that this version does not know: {exception.Message}",
                    "Was the run made by a newer planlane? Use that version.",
                    exception);
            }
        }

        return events;
    }

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
