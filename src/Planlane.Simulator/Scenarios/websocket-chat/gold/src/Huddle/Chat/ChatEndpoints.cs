using Huddle.Rooms;
using Huddle.Users;

namespace Huddle.Chat;

public static class ChatEndpoints
{
    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/rooms/{room}");
        chat.MapGet("/members", GetMembers);
        chat.MapGet("/chat", ConnectAsync);
    }

    private static IResult GetMembers(RoomName room, IChatRooms rooms) =>
        rooms.TryGet(room, out var chatRoom) ? TypedResults.Ok(chatRoom.Members) : TypedResults.NotFound();

    private static async Task<IResult> ConnectAsync(
        RoomName room,
        DisplayName name,
        IChatRooms rooms,
        IHostApplicationLifetime lifetime,
        HttpContext context)
    {
        if (!rooms.TryGet(room, out var chatRoom))
            return TypedResults.NotFound();

        if (!context.WebSockets.IsWebSocketRequest)
            return TypedResults.Problem("Connect with a WebSocket.", statusCode: StatusCodes.Status400BadRequest);

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var session = chatRoom.Join(name);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping, session.Evicted);

        await new ChatConnection(socket, session).RunAsync(ending.Token);
        return TypedResults.Empty;
    }
}
