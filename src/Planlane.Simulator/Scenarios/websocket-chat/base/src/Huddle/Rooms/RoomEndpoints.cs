namespace Huddle.Rooms;

public static class RoomEndpoints
{
    public static void MapRooms(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/rooms", (RoomCatalog catalog) => catalog.Rooms.Select(room => room.Value));
}
