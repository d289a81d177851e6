using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>A value that is written as one JSON string.</summary>
/// <typeparam name="TSelf">The value's own type.</typeparam>
public interface IText<TSelf>
    where TSelf : IText<TSelf>
{
    /// <summary>The text of the value.</summary>
    string Value { get; }

    /// <summary>The value of a text.</summary>
    static abstract TSelf Of(string value);
}

/// <summary>Writes an <see cref="IText{TSelf}"/> as a JSON string, also where it is a member's name.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class TextJson<T> : JsonConverter<T>
    where T : IText<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString() ?? throw new JsonException($"A {typeof(T).Name} is a string."));

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc />
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Of(reader.GetString()!);

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}
