using Huddle.Rooms;

namespace Huddle;

public static class HuddleApp
{
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(RoomCatalog.Default);

        var app = builder.Build();
        app.MapGet("/health", () => TypedResults.Text("healthy"));
        app.MapRooms();
        return app;
    }
}
