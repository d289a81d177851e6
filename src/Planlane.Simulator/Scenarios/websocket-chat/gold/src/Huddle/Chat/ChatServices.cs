using Huddle.Rooms;

namespace Huddle.Chat;

public static class ChatServices
{
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Chat").Get<ChatOptions>() ?? new ChatOptions();
        return services.AddSingleton<IChatRooms>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new ChatRooms(
                provider.GetRequiredService<RoomCatalog>(),
                () => new ChatRoom(new MessageHistory(options.HistoryLength), new Presence(), time, options));
        });
    }
}
