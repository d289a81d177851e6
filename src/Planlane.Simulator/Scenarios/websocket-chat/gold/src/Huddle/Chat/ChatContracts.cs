using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Huddle.Rooms;
using Huddle.Users;

namespace Huddle.Chat;

public interface IChatRooms
{
    bool TryGet(RoomName name, [NotNullWhen(true)] out IChatRoom? room);
}

/// <summary>Safe for concurrent use.</summary>
public interface IChatRoom
{
    IReadOnlyList<string> Members { get; }

    /// <summary>The session's first event is its <see cref="Welcome"/>.</summary>
    IChatSession Join(DisplayName member);
}

/// <summary>One connection's place in a room. Disposing leaves the room and completes <see cref="Events"/>.</summary>
public interface IChatSession : IDisposable
{
    ChannelReader<ChatEvent> Events { get; }

    /// <summary>Cancelled when the connection reads too slowly to keep up with the room.</summary>
    CancellationToken Evicted { get; }

    void Post(string text);
}

/// <summary>Not synchronized: its room serializes the calls.</summary>
public interface IPresence
{
    IReadOnlyList<string> Members { get; }

    /// <returns>Whether the member was absent before, that is, this is their first connection.</returns>
    bool Enter(DisplayName member);

    /// <returns>Whether the member is absent now, that is, this was their last connection.</returns>
    bool Leave(DisplayName member);
}

/// <summary>Not synchronized: its room serializes the calls.</summary>
public interface IMessageHistory
{
    void Append(ChatMessage message);

    /// <returns>A snapshot, oldest first.</returns>
    IReadOnlyList<ChatMessage> Recent();
}

public sealed record ChatOptions
{
    public int HistoryLength { get; init; } = 50;

    /// <summary>How many events may wait for a slow connection before it is evicted.</summary>
    public int OutboxCapacity { get; init; } = 64;

    public int MaxTextLength { get; init; } = 2000;
}
