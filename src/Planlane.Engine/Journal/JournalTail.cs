using System.Runtime.CompilerServices;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>Reads a journal while another process writes it.</summary>
internal static class JournalTail
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>The events of a journal as they come, until nobody works on the run any more and all was read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Paces the looks at it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PlanlaneException">It is not there, cannot be read, or is damaged.</exception>
    public static async IAsyncEnumerable<RecordedEvent> ReadAsync(string path, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        var (line, place) = (0, 0);
        while (true)
        {
            // Before the reading: what was written until then is read in any case.
            var isWritten = RunLease.HolderOf(path) is not null;
            var bytes = await RestAsync(file, place, cancellationToken).ConfigureAwait(false);
            var whole = JournalLines.WholeLength(bytes);
            foreach (var range in LinesOf(bytes, whole))
            {
                var text = bytes[range];
                yield return JournalLines.TryRead(text) is { } recorded && recorded.Sequence == line + 1
                    ? recorded
                    : throw JournalDamage.Of(path, line + 1, place, text, null);
                (line, place) = (line + 1, place + text.Length + 1);
            }

            if (whole == 0 && !isWritten)
                yield break;
            if (whole == 0)
                await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanlaneException(FaultKind.Failed, $"The run's journal cannot be read: {exception.Message}", null, exception);
        }
    }

    private static async Task<byte[]> RestAsync(FileStream file, int place, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Max(0, file.Length - place)];
        file.Seek(place, SeekOrigin.Begin);
        // A line that a crash cut off may be removed meanwhile.
        var count = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return bytes[..count];
    }

    private static IEnumerable<Range> LinesOf(byte[] bytes, int whole)
    {
        for (var start = 0; start < whole;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            yield return start..end;
            start = end + 1;
        }
    }
}
