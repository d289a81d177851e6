using System.Text.Json;
using System.Text.Json.Serialization;

namespace Huddle.Chat;

/// <summary>What a client sends: one JSON text message for each post.</summary>
public sealed record PostCommand(string Text);

/// <summary>What the server sends: one JSON text message for each event, told apart by its "type".</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(MessagePosted), "message")]
[JsonDerivedType(typeof(MessageRefused), "refused")]
[JsonDerivedType(typeof(MemberJoined), "joined")]
[JsonDerivedType(typeof(MemberLeft), "left")]
public abstract record ChatEvent;

public sealed record Welcome(IReadOnlyList<string> Members, IReadOnlyList<ChatMessage> History) : ChatEvent;

public sealed record MessagePosted(ChatMessage Message) : ChatEvent;

public sealed record MessageRefused(string Reason) : ChatEvent;

public sealed record MemberJoined(string Member) : ChatEvent;

public sealed record MemberLeft(string Member) : ChatEvent;

/// <summary>Ids count up from 1 in each room, in the order in which everybody sees the messages.</summary>
public sealed record ChatMessage(long Id, string Sender, string Text, DateTimeOffset SentAt);

public static class ChatJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
