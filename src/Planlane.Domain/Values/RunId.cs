using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>Names one run, such as <c>7f3c2a</c>: lower-case letters and digits, unique in its repository.</summary>
[JsonConverter(typeof(TextJson<RunId>))]
public readonly record struct RunId(string Value) : IText<RunId>
{
    /// <inheritdoc />
    public static RunId Of(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
