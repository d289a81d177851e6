namespace Huddle.Rooms;

public sealed class RoomCatalog(params IReadOnlyList<RoomName> rooms)
{
    public static RoomCatalog Default { get; } = new(RoomName.Parse("general"), RoomName.Parse("random"));

    public IReadOnlyList<RoomName> Rooms { get; } = [.. rooms];
}
