using System.Text.Json.Serialization;

namespace Planlane.Values;

/// <summary>The shown name of an agent, such as <c>Haiku-1</c>: the model family and the task's place in the plan.</summary>
[JsonConverter(typeof(TextJson<AgentId>))]
public readonly record struct AgentId(string Value) : IText<AgentId>
{
    /// <inheritdoc />
    public static AgentId Of(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
