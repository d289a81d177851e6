using Microsoft.Extensions.AI;
using Planlane.Budgets;
using Planlane.Sandbox;
using Planlane.Values;

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

    /// <summary>What is masked in all that is recorded, logged and sent to a model: well-known kinds of keys by default; a surface adds the values that it knows.</summary>
    public SecretMask Secrets { get; init; } = SecretMask.Shapes;

    /// <summary>The file of the diagnostics of all runs, or null for <see cref="RunFolders.LogOf"/> of each.</summary>
    public string? LogFile { get; init; }

    /// <summary>Whether traces hold what models and tools said, masked.</summary>
    public bool TracesContent { get; init; }

    /// <summary>The span that the run's root is a child of, in the form of W3C Trace Context (<c>traceparent</c>); null, or what is no such text, for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Where it is written down what runs spend, so that they keep to the caps that they share; null for a file of the repository's own.</summary>
    public SpendPlace? Spending { get; init; }

    /// <summary>Holds the commands of agents and checks; null to take the best that this machine has.</summary>
    public ISandbox? Sandbox { get; init; }

    /// <summary>How many commands of agents, checks and setup run at once, of all runs that share it; the others wait in order.</summary>
    public CommandTurns Turns { get; init; } = CommandTurns.OfMachine;

    /// <summary>After this time a check's command is killed and has failed.</summary>
    public TimeSpan CheckLimit { get; init; } = TimeSpan.FromMinutes(15);
}
