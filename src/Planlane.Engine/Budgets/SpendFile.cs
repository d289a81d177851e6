using System.Text.Json;
using Planlane.Journal;

namespace Planlane.Budgets;

/// <summary>The file of a ledger: lines that are only ever appended, by one process at a time; now and then it is written anew, shorter. Not thread-safe.</summary>
internal sealed class SpendFile(string path)
{
    private const long RewriteFrom = 1 << 20;
    private const int KeptDays = 40;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private SpendBook _book = new();
    private int _generation = -1;
    private long _read;

    /// <summary>Lets nobody else at the file, brings the book up to date, and appends what is decided from it; on the disk when this ends.</summary>
    /// <param name="today">The day.</param>
    /// <param name="decide">Makes the lines to append, and takes each into the book.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task UpdateAsync(DateOnly today, Func<SpendBook, IReadOnlyList<SpendLine>> decide)
    {
        using var locked = await LockAsync().ConfigureAwait(false);
        try
        {
            using (var file = Open(path))
            {
                CatchUp(file);
                var lines = decide(_book);
                if (lines.Count > 0)
                    Append(file, lines);
                if (file.Length < RewriteFrom)
                    return;
            }

            Rewrite(today);
        }
        catch
        {
            // The book may hold what the file does not: it is read anew.
            _generation = -1;
            throw;
        }
    }

    // The system lets go of the lock when its holder dies.
    private async Task<FileStream> LockAsync()
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        for (var waited = TimeSpan.Zero; ; waited += Look)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LongestWait && File.Exists(path + ".lock"))
            {
                // Another process has it, for as long as a write takes: nothing tells when.
                await Task.Delay(Look, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode = FileMode.OpenOrCreate)
    {
        // What the user spends is nobody else's business.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private void CatchUp(FileStream file)
    {
        if (file.Length == 0)
            Append(file, [new SpendLine { Generation = 0 }]);
        var generation = GenerationOf(file);
        if (generation != _generation || file.Length < _read)
            (_book, _generation, _read) = (new SpendBook(), generation, 0);
        var bytes = new byte[file.Length - _read];
        file.Seek(_read, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        _read = file.Length;
        // A line that a crash cut off was never acted upon when it reserves, and settles nothing when it settles; it gets its end so that the next one is whole.
        if (bytes.Length > 0 && bytes[^1] != '\n')
        {
            file.WriteByte((byte)'\n');
            _read++;
        }

        Take(bytes);
    }

    private void Take(byte[] bytes)
    {
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            try
            {
                if (bytes.AsSpan(range) is { Length: > 0 } line && JsonSerializer.Deserialize<SpendLine>(line, EventJson.Options) is { } read)
                    _book.Add(read);
            }
            catch (JsonException)
            {
                // Cut off by a crash.
            }
        }
    }

    private static int GenerationOf(FileStream file)
    {
        Span<byte> start = stackalloc byte[64];
        file.Seek(0, SeekOrigin.Begin);
        start = start[..file.Read(start)];
        try
        {
            return start.IndexOf((byte)'\n') is > 0 and var end ? JsonSerializer.Deserialize<SpendLine>(start[..end], EventJson.Options)?.Generation ?? 0 : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private void Append(FileStream file, IReadOnlyList<SpendLine> lines)
    {
        var bytes = Bytes(lines);
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        _read = file.Length;
    }

    private void Rewrite(DateOnly today)
    {
        var fresh = path + ".new";
        using (var file = Open(fresh, FileMode.Create))
        {
            file.Write(Bytes([new SpendLine { Generation = _generation + 1 }, .. _book.Compact(today.AddDays(-KeptDays))]));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private static byte[] Bytes(IReadOnlyList<SpendLine> lines)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            bytes.Write(JsonSerializer.SerializeToUtf8Bytes(line, EventJson.Options));
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
