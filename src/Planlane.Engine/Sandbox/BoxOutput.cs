using System.Text;

namespace Planlane.Sandbox;

/// <summary>What a command prints: its beginning and its end, however much it is. Thread-safe.</summary>
internal sealed class BoxOutput
{
    /// <summary>How many characters of the beginning are kept.</summary>
    public const int HeadCharacters = 50_000;

    /// <summary>How many characters of the end are kept.</summary>
    public const int TailCharacters = 150_000;

    private readonly Lock _lock = new();
    private readonly Decoder _decoder = new UTF8Encoding(false, false).GetDecoder();
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();
    private long _dropped;

    /// <summary>Adds bytes in UTF-8; a letter may be cut between two calls.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Span<char> letters = new char[bytes.Length + 2];
        lock (_lock)
            Keep(letters[.._decoder.GetChars(bytes, letters, flush: false)]);
    }

    /// <summary>Adds a line of ours at the end.</summary>
    public void AddLine(string line)
    {
        lock (_lock)
            Keep(EndsInLine() ? $"{line}\n" : $"\n{line}\n");
    }

    /// <summary>What is kept, with a line where something is left out.</summary>
    public override string ToString()
    {
        lock (_lock)
            return _dropped == 0 ? $"{_head}{_tail}" : $"{_head}\n[… {_dropped} characters left out …]\n{_tail}";
    }

    private bool EndsInLine() => (_tail.Length > 0 ? _tail : _head) is { Length: > 0 } last ? last[^1] == '\n' : true;

    private void Keep(ReadOnlySpan<char> letters)
    {
        var first = Math.Min(letters.Length, HeadCharacters - _head.Length);
        _head.Append(letters[..first]);
        _tail.Append(letters[first..]);
        // Twice as much is kept while it comes, so that little is moved.
        if (_tail.Length > 2 * TailCharacters)
            Cut(_tail.Length - TailCharacters);
    }

    private void Cut(int count)
    {
        _tail.Remove(0, count);
        _dropped += count;
    }
}
