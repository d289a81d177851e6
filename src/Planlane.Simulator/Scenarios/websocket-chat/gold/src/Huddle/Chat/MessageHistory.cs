namespace Huddle.Chat;

/// <summary>A ring buffer: the newest message takes the place of the oldest.</summary>
public sealed class MessageHistory : IMessageHistory
{
    private readonly ChatMessage[] _ring;
    private int _next;
    private int _count;

    public MessageHistory(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ring = new ChatMessage[capacity];
    }

    public void Append(ChatMessage message)
    {
        _ring[_next] = message;
        _next = (_next + 1) % _ring.Length;
        _count = Math.Min(_count + 1, _ring.Length);
    }

    public IReadOnlyList<ChatMessage> Recent() =>
        _count < _ring.Length
            ? [.. _ring.AsSpan(0, _count)]
            : [.. _ring.AsSpan(_next), .. _ring.AsSpan(0, _next)];
}
