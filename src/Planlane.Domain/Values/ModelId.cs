using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>The id of a model as its vendor spells it, such as <c>claude-haiku-4-5</c>.</summary>
[JsonConverter(typeof(TextJson<ModelId>))]
public readonly record struct ModelId(string Value) : IText<ModelId>
{
    /// <inheritdoc />
    public static ModelId Of(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
