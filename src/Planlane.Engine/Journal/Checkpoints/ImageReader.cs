using System.Text;

namespace Planlane.Journal.Checkpoints;

/// <summary>Reads what an <see cref="ImageWriter"/> wrote.</summary>
/// <param name="bytes">What holds the image.</param>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class ImageReader(byte[] bytes, int start, int end)
{
    private readonly List<object> _objects = [];
    private readonly List<string> _texts = [];
    private int _at = start;

    /// <summary>A number.</summary>
    public long ReadNumber()
    {
        ulong read = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = bytes[_at++];
            read |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                break;
        }

        return (long)(read >> 1) ^ -(long)(read & 1);
    }

    /// <summary>A text, or null.</summary>
    public string? ReadText()
    {
        var number = ReadNumber();
        if (number >= 0)
            return number == 0 ? null : _texts[(int)number - 1];
        var text = Encoding.UTF8.GetString(bytes, _at, Bounded(-1 - number));
        _at += (int)(-1 - number);
        if (text.Length <= ImageWriter.LongestToShare)
            _texts.Add(text);
        return text;
    }

    /// <summary>Whether no object follows: null, or one that was met before.</summary>
    public bool IsDone(out object? known)
    {
        var number = ReadNumber();
        known = number > 0 ? _objects[(int)number - 1] : null;
        return number >= 0;
    }

    /// <summary>Takes note of an object before its members are read.</summary>
    public void Met(object made) => _objects.Add(made);

    /// <summary>A count of things of at least one byte each.</summary>
    /// <exception cref="InvalidDataException">The image has not so many bytes left.</exception>
    public int Bounded(long count) => count >= 0 && count <= end - _at ? (int)count : throw new InvalidDataException("The image ends too early.");
}
