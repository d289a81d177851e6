using Planlane.Values;

namespace Planlane.Budgets;

/// <summary>One paid call of a model, as measured.</summary>
/// <param name="Model">The model that was asked for.</param>
/// <param name="Agent">The agent, or null for the planner.</param>
/// <param name="Usage">The tokens that the API counted.</param>
/// <param name="Cost">Tokens × the price of that day.</param>
/// <param name="FirstByteSeconds">Seconds from the request to the first byte of the answer.</param>
/// <param name="Seconds">Seconds from the request to the end of the answer.</param>
public sealed record ModelCall(ModelId Model, AgentId? Agent, Usage Usage, Cost Cost, double FirstByteSeconds, double Seconds)
{
    /// <summary>What the bytes of an agent's request up to its first cache mark hash to: calls with the same can read each other's prompts from the cache. Null when it was not measured.</summary>
    public string? Prefix { get; init; }
}
