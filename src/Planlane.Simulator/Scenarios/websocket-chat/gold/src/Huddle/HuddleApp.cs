using Huddle.Chat;
using Huddle.Rooms;

namespace Huddle;

public static class HuddleApp
{
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(RoomCatalog.Default);
        builder.Services.AddChat(builder.Configuration);

        var app = builder.Build();
        app.MapGet("/health", () => TypedResults.Text("healthy"));
        app.UseWebSockets(new WebSocketOptions { KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.MapRooms();
        app.MapChat();
        return app;
    }
}
