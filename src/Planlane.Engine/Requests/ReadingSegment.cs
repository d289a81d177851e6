using System.Text;
using Planlane.Values;

namespace Planlane.Requests;

/// <summary>A reading as it is kept.</summary>
/// <param name="Day">When a map last used it, in days of the calendar; not brought up to date at every use.</param>
/// <param name="State">What became of the blob.</param>
/// <param name="Payload">The facts as JSON, or the text, as UTF-8; empty when it was not read.</param>
internal readonly record struct KeptReading(int Day, ReadingState State, ReadOnlyMemory<byte> Payload);

/// <summary>Some readings in the bytes of one file.</summary>
internal static class ReadingSegment
{
    private const int Format = 1;

    public static byte[] Write(IReadOnlyCollection<KeyValuePair<ReadingKey, KeptReading>> readings)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(readings.Count);
        foreach (var (key, kept) in readings)
        {
            writer.Write(key.Blob.Value);
            writer.Write(key.Reader);
            writer.Write(kept.Day);
            writer.Write((byte)kept.State);
            writer.Write(kept.Payload.Length);
            writer.Write(kept.Payload.Span);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>The readings of a file; none when another version of this program wrote it.</summary>
    /// <param name="content">What <see cref="Write"/> made; the payloads are parts of it.</param>
    public static IEnumerable<KeyValuePair<ReadingKey, KeptReading>> Read(ArraySegment<byte> content)
    {
        using var bytes = new MemoryStream(content.Array!, content.Offset, content.Count, writable: false);
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        if (reader.ReadInt32() != Format)
            yield break;
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var key = new ReadingKey(new ObjectId(reader.ReadString()), string.Intern(reader.ReadString()));
            var (day, state, length) = (reader.ReadInt32(), (ReadingState)reader.ReadByte(), reader.ReadInt32());
            yield return new(key, new KeptReading(day, state, content.Slice((int)bytes.Position, length).AsMemory()));
            bytes.Seek(length, SeekOrigin.Current);
        }
    }
}
