using System.Text.Json;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>Reads the lines of a journal, many at a time.</summary>
internal static class JournalLines
{
    // As many lines as one thread reads before it takes the next ones.
    private const int LinesAtATime = 256;

    /// <summary>The events of all whole lines; bytes behind the last line end are a line that is not written yet, or never was.</summary>
    /// <param name="bytes">The file, or its end from the beginning of a line on.</param>
    /// <param name="path">Its path, for faults.</param>
    /// <param name="before">How many events come before these.</param>
    /// <param name="offset">How many bytes.</param>
    /// <exception cref="PlanlaneException">A line is damaged, is missing, or was written by a newer version.</exception>
    public static IReadOnlyList<RecordedEvent> Read(byte[] bytes, string path, long before, long offset)
    {
        var ends = EndsOf(bytes);
        var events = new RecordedEvent?[ends.Count];
        var blocks = (ends.Count + LinesAtATime - 1) / LinesAtATime;
        Parallel.For(0, blocks, block =>
        {
            for (var line = block * LinesAtATime; line < Math.Min(ends.Count, (block + 1) * LinesAtATime); line++)
                events[line] = TryRead(LineAt(bytes, ends, line));
        });
        for (var line = 0; line < events.Length; line++)
            if (events[line]?.Sequence != before + line + 1)
                throw JournalDamage.Of(path, before + line + 1, offset + (line == 0 ? 0 : ends[line - 1] + 1), LineAt(bytes, ends, line), events[line]);
        return events!;
    }

    /// <summary>The length of the whole lines.</summary>
    public static int WholeLength(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') + 1;

    private static List<int> EndsOf(byte[] bytes)
    {
        var ends = new List<int>();
        for (var start = 0; Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0; start = end + 1)
            ends.Add(end);
        return ends;
    }

    private static ReadOnlySpan<byte> LineAt(byte[] bytes, List<int> ends, int line)
    {
        var start = line == 0 ? 0 : ends[line - 1] + 1;
        return bytes.AsSpan(start, ends[line] - start);
    }

    /// <summary>The event of one line; null when it is none.</summary>
    public static RecordedEvent? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            return EventJson.Read(line) is { Event: not null } recorded ? recorded : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException or ArgumentException)
        {
            // What is torn may be well-formed by chance, and then lack a member or hold what a value refuses.
            return null;
        }
    }
}
