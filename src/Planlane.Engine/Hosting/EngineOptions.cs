using Microsoft.Extensions.AI;
using Planlane.Sandbox;

namespace Planlane.Hosting;

/// <summary>What an engine works with.</summary>
public sealed record EngineOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seeds what is random: run ids and the jitter of retries.</summary>
    public required int Seed { get; init; }

    /// <summary>Makes the chat client; called when a model is first needed, so that reading old runs needs no key.</summary>
    public required Func<IChatClient> Models { get; init; }

    /// <summary>Holds the commands of agents and checks; null to take the best that this machine has.</summary>
    public ISandbox? Sandbox { get; init; }

    /// <summary>How many commands of agents, checks and setup run at once, of all runs that share it; the others wait in order.</summary>
    public CommandTurns Turns { get; init; } = CommandTurns.OfMachine;

    /// <summary>After this time a check's command is killed and has failed.</summary>
    public TimeSpan CheckLimit { get; init; } = TimeSpan.FromMinutes(15);
}
