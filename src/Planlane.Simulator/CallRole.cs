namespace Planlane.Simulator;

/// <summary>Who asks the model, as the request's first message tells.</summary>
public enum CallRole
{
    /// <summary>Neither a planner nor an agent, such as a request that only warms the cache.</summary>
    Other,

    /// <summary>Whoever asks, before the planner, whether the request should be divided.</summary>
    Triage,

    /// <summary>The planner.</summary>
    Planner,

    /// <summary>An agent with a task.</summary>
    Agent,
}
