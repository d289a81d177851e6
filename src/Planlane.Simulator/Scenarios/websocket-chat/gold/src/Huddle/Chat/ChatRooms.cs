using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Huddle.Rooms;

namespace Huddle.Chat;

public sealed class ChatRooms(RoomCatalog catalog, Func<IChatRoom> open) : IChatRooms
{
    private readonly FrozenDictionary<RoomName, IChatRoom> _rooms =
        catalog.Rooms.ToFrozenDictionary(name => name, _ => open());

    public bool TryGet(RoomName name, [NotNullWhen(true)] out IChatRoom? room) => _rooms.TryGetValue(name, out room);
}
