using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>The name of a git object: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(TextJson<ObjectId>))]
public readonly record struct ObjectId(string Value) : IText<ObjectId>
{
    /// <inheritdoc />
    public static ObjectId Of(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
