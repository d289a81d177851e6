using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>Names one step of a run, such as <c>attempt:auth-types:1</c>; a step is idempotent by run and step id.</summary>
[JsonConverter(typeof(TextJson<StepId>))]
public readonly record struct StepId(string Value) : IText<StepId>
{
    /// <inheritdoc />
    public static StepId Of(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
