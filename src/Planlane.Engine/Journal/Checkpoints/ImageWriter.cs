using System.Text;

namespace Planlane.Journal.Checkpoints;

/// <summary>Writes an image: numbers in as few bytes as they need, texts as UTF-8, what is met again as a reference.</summary>
/// <param name="stream">Where it goes; owned by the caller.</param>
internal sealed class ImageWriter(Stream stream)
{
    // Ids and paths stand in nearly every turn; what is longer hardly ever comes again.
    internal const int LongestToShare = 64;
    private const int LongestNumber = 10;

    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private int _used;

    /// <summary>A number, small ones in one byte.</summary>
    public void WriteNumber(long value)
    {
        Reserve(LongestNumber);
        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7)
            _buffer[_used++] = (byte)(rest | 0x80);
        _buffer[_used++] = (byte)rest;
    }

    /// <summary>Null is 0, one that was met before its number from 1, a new one the negative of its length in bytes, less 1.</summary>
    public void WriteText(string? value)
    {
        if (value is null)
        {
            WriteNumber(0);
            return;
        }

        if (value.Length <= LongestToShare && !_texts.TryAdd(value, _texts.Count + 1))
        {
            WriteNumber(_texts[value]);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteNumber(-1 - length);
        Reserve(length);
        if (length <= _buffer.Length)
            _used += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_used));
        else
            stream.Write(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Writes 0 for null, and the number of an object that was met before; else says with -1 that it follows.</summary>
    public bool IsDone(object? value)
    {
        if (value is null)
            WriteNumber(0);
        else if (_objects.TryGetValue(value, out var number))
            WriteNumber(number);
        else
        {
            _objects.Add(value, _objects.Count + 1);
            WriteNumber(-1);
            return false;
        }

        return true;
    }

    /// <summary>Gives the stream all that was written.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _used < bytes)
            Flush();
    }
}
