using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>Events as JSON: one object a line, the event's wire name in <c>type</c>.</summary>
public static class EventJson
{
    /// <summary>How all data of a run is written: camel case, enums by name, text readable.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonTypeInfo<RecordedEvent> Recorded { get; } = (JsonTypeInfo<RecordedEvent>)Options.GetTypeInfo(typeof(RecordedEvent));

    /// <summary>The wire name of an event.</summary>
    public static string NameOf(RunEvent happened) => happened.GetType().GetCustomAttribute<WireNameAttribute>()!.Name;

    /// <summary>An event as one line without a line break.</summary>
    public static byte[] Write(RecordedEvent recorded) => JsonSerializer.SerializeToUtf8Bytes(recorded, Options);

    /// <summary>The event of a line.</summary>
    /// <exception cref="JsonException">The line is not an event that this version knows.</exception>
    public static RecordedEvent Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Recorded) ?? throw new JsonException("The line is null.");

    private static JsonSerializerOptions Create() => new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameEvents } },
    };

    private static void NameEvents(JsonTypeInfo info)
    {
        if (info.Type != typeof(RunEvent))
            return;

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
        foreach (var type in typeof(RunEvent).Assembly.GetTypes())
            if (type.IsSubclassOf(typeof(RunEvent)) && type.GetCustomAttribute<WireNameAttribute>() is { } wire)
                info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, wire.Name));
    }
}
