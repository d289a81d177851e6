using Planlane.Budgets;
using Planlane.Simulator.Cassettes;
using Planlane.Simulator.Faults;
using Planlane.Simulator.Ledgers;
using Planlane.Simulator.Limits;
using Planlane.Simulator.Pacing;
using Planlane.Simulator.Scripting;
using Planlane.Values;

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

    /// <summary>The workspaces of keys, each with a cache of its own; a key that is not among them belongs to the one default workspace.</summary>
    public ValueList<KeyWorkspace> Workspaces { get; init; } = [];

    /// <summary>How long a message batch waits before its first request is processed, at speed 1. The vendor promises no more than an end within 24 hours; the figure is ours.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock for waiting, for the life of cache entries and for rate limits; a <see cref="VirtualTime"/> when its client lives in this process and has the same one.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Faults of the service that the next calls meet.</summary>
    public FaultPlan FaultPlan { get; init; } = new();

    /// <summary>The rate limits of each model, and what all calls may cost.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.Start;

    /// <summary>How fast the models answer.</summary>
    public LatencyProfile Latency { get; init; } = LatencyProfile.Smooth;

    /// <summary>What small models (Haiku) get wrong beyond the script.</summary>
    public Imperfection SmallModels { get; init; } = Imperfection.None;

    /// <summary>What the other models get wrong beyond the script, as agents; planners follow their script.</summary>
    public Imperfection LargeModels { get; init; } = Imperfection.None;

    /// <summary>What goes wrong with whole tasks, and how agents mend it.</summary>
    public Weakness Weakness { get; init; } = Weakness.None;

    /// <summary>How one agent alone works that a client of its own leads turn by turn; null when none is asked for.</summary>
    public AlonePace? Alone { get; init; }

    /// <summary>Whether the one agent of a run that nobody divides makes one call a turn, and not all of them in its first answer, which no real model would.</summary>
    public bool SingleIsOneByOne { get; init; }

    /// <summary>The price rows of the ledger and of spend limits, the client's own ones for accounts that must agree; without one for its model a call costs nothing.</summary>
    public ValueList<ModelFacts> Prices { get; init; } = [];

    /// <summary>A rise of these prices in the midst of the calls, of which only the ledger and the spend limits know; null for none.</summary>
    public PriceRise? PriceRise { get; init; }

    /// <summary>Calls that are answered from a recording instead of by the scripted model.</summary>
    public Cassette? Replay { get; init; }

    /// <summary>An API to which all requests are handed on, and the file that gets what it answers; goes before <see cref="Replay"/>.</summary>
    public RecordingTarget? Record { get; init; }
}

/// <summary>A key that belongs to a workspace.</summary>
/// <param name="Key">The key.</param>
/// <param name="Workspace">The workspace's name; not empty.</param>
public sealed record KeyWorkspace(string Key, string Workspace);
