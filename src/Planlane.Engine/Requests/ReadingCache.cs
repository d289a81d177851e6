using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Requests.Sources;

namespace Planlane.Requests;

/// <summary>What was read of source texts, kept from run to run by the blob's id, so that only changed files are read again.</summary>
/// <remarks>
/// A folder of files that are only ever written whole: each map adds one with what it had to read, and every few maps all become one again.
/// Two processes at once cost each other nothing but work: a file that is gone, or damaged, holds readings that are made again.
/// </remarks>
internal sealed class ReadingCache
{
    private const string Pattern = "readings-*.bin";
    private const int MostSegments = 8;
    private const int KeptDays = 30;
    private const long MostUnusedBytes = 128 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _folder;
    private readonly int _today;
    private readonly List<string> _segments = [];
    private readonly Dictionary<ReadingKey, KeptReading> _kept = [];

    private ReadingCache(string folder, DateOnly today) => (_folder, _today) = (folder, today.DayNumber);

    /// <summary>Opens the cache of a folder; an empty one when there is none.</summary>
    public static ReadingCache Open(string folder, DateOnly today)
    {
        var cache = new ReadingCache(folder, today);
        foreach (var file in SealedFile.List(folder, Pattern).Select(file => file.FullName))
        {
            if (SealedFile.Read(file) is not { } content)
            {
                SealedFile.Delete(file);
                continue;
            }

            cache._segments.Add(file);
            foreach (var (key, kept) in ReadingSegment.Read(content))
                cache._kept.TryAdd(key, kept);
        }

        return cache;
    }

    /// <summary>What was read before, or null. Thread-safe beside itself.</summary>
    public BlobReading? Find(ReadingKey key)
    {
        if (!_kept.TryGetValue(key, out var kept))
            return null;
        if (kept.State != ReadingState.Read)
            return new BlobReading(kept.State);
        if (key.Reader == ReadingKey.Plain)
            return new BlobReading(ReadingState.Read, Text: Encoding.UTF8.GetString(kept.Payload.Span));
        try
        {
            return new BlobReading(ReadingState.Read, JsonSerializer.Deserialize<SourceFacts>(kept.Payload.Span, Json));
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A new reading as it is kept.</summary>
    public KeptReading Keep(BlobReading reading) => new(_today, reading.State, PayloadOf(reading));

    /// <summary>Keeps what had to be read.</summary>
    /// <param name="fresh">The new readings.</param>
    /// <param name="used">Every reading that the map uses, the new ones among them.</param>
    public void Save(IReadOnlyDictionary<ReadingKey, KeptReading> fresh, IEnumerable<ReadingKey> used)
    {
        if (fresh.Count == 0)
            return;
        if (_segments.Count < MostSegments)
        {
            Write(fresh);
            return;
        }

        // Written before the old ones go: what is lost in between is only made again.
        if (Write(Whole(fresh, used.ToHashSet())) is { } whole)
            foreach (var old in _segments.Where(old => old != whole).Concat(Leftovers()))
                SealedFile.Delete(old);
    }

    private string? Write(IReadOnlyCollection<KeyValuePair<ReadingKey, KeptReading>> readings) =>
        SealedFile.Write(_folder, seal => Pattern.Replace("*", seal, StringComparison.Ordinal), ReadingSegment.Write(readings));

    // All that this map uses, and of the rest what was used not long ago, the newest first, as far as there is room.
    private List<KeyValuePair<ReadingKey, KeptReading>> Whole(IReadOnlyDictionary<ReadingKey, KeptReading> fresh, HashSet<ReadingKey> used)
    {
        var whole = fresh.ToList();
        var room = MostUnusedBytes;
        foreach (var (key, kept) in _kept.Where(kept => !fresh.ContainsKey(kept.Key)).OrderByDescending(kept => kept.Value.Day))
        {
            if (used.Contains(key))
                whole.Add(new(key, kept with { Day = _today }));
            else if (kept.Day > _today - KeptDays && (room -= kept.Payload.Length) > 0)
                whole.Add(new(key, kept));
        }

        return whole;
    }

    // What a process that was killed left behind; a day is longer than any writing takes.
    private IEnumerable<string> Leftovers() =>
        SealedFile.List(_folder, "*.part").Where(file => DateOnly.FromDateTime(file.LastWriteTimeUtc).DayNumber < _today - 1).Select(file => file.FullName);

    private static byte[] PayloadOf(BlobReading reading) => reading switch
    {
        { Facts: { } facts } => JsonSerializer.SerializeToUtf8Bytes(facts, Json),
        { Text: { } text } => Encoding.UTF8.GetBytes(text),
        _ => [],
    };
}
