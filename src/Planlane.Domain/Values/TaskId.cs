using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>Names one task of a plan, such as <c>auth-types</c>: kebab-case, unique in its plan.</summary>
[JsonConverter(typeof(TextJson<TaskId>))]
public readonly record struct TaskId(string Value) : IText<TaskId>
{
    /// <inheritdoc />
    public static TaskId Of(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
