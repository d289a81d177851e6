using Planlane.Simulator.Faults;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Scripting;

namespace Planlane.Simulator;

/// <summary>How a simulated Messages API behaves.</summary>
/// <param name="Scenario">What its model can answer.</param>
public sealed record SimulatorOptions(Scenario Scenario)
{
    /// <summary>The port on loopback; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>How many times faster than real time it answers; positive, and infinite for no waiting at all.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Draws the latencies and ids: the same seed and the same conversations give the same ones.</summary>
    public int Seed { get; init; }

    /// <summary>Whether the scenario's own faults (a compile error, a refused edit, a write outside the lane) are played.</summary>
    public bool Faults { get; init; }

    /// <summary>The only key that is accepted; null for any that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The clock for waiting, for the life of cache entries and for rate limits; a <see cref="Pacing.VirtualTime"/> when its client lives in this process and has the same one.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Faults of the service that the next calls meet.</summary>
    public FaultPlan FaultPlan { get; init; } = new();

    /// <summary>The rate limits of each model.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.Start;
}
