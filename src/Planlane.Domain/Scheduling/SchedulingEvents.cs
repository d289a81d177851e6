using Planlane.Budgets;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Scheduling;

/// <summary>What all agents share is ready: the tree that they are born with and the prefix of their prompts.</summary>
/// <param name="BirthTree">The base tree with the contracts.</param>
/// <param name="SharedTokens">Estimated tokens of the shared prefix.</param>
/// <param name="Existing">The paths that tasks own by name and that exist in the birth tree.</param>
[WireName("agents.prepared")]
public sealed record AgentsPrepared(ObjectId BirthTree, int SharedTokens, ValueList<RepoPath> Existing) : RunEvent
{
    /// <summary>The longest time in seconds in which no agent is expected to begin; 0 in journals of before it was reckoned.</summary>
    public double PauseSeconds { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with
    {
        BirthTree = BirthTree,
        SharedTokens = SharedTokens,
        PauseSeconds = PauseSeconds,
        Tasks = state.Tasks.Replace(_ => true, task => task with
        {
            ToCreate = task.Task.Owns.Named.Where(path =>
                !Existing.Contains(path) && state.Tasks.All(other => other.Id == task.Id || !other.Lane.Includes(path))).ToValueList(),
        }),
    };
}

/// <summary>The first byte of an answer to the shared prefix came: from now on the siblings of the same model read it from the prompt cache.</summary>
/// <param name="Model">The model whose cache it is, as each has its own; null means the agents' model.</param>
[WireName("prefix.warmed")]
public sealed record PrefixWarmed(ModelId? Model = null) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state)
    {
        var model = Model ?? state.Settings.Agent.Id;
        var warm = state.WarmModels.Contains(model) ? state : state with { WarmModels = state.WarmModels.Add(model) };
        return warm.WithPrefixUse(model, state.Seconds);
    }
}

/// <summary>When a call last used a model's copy of the shared prefix; each use renews the copy.</summary>
/// <param name="Model">The model.</param>
/// <param name="Seconds">The latest moment that is known, in seconds of the run (<see cref="RunState.Seconds"/>), as clocks are set.</param>
public sealed record PrefixUse(ModelId Model, double Seconds);

/// <summary>The shared prefix was read only to keep it in a model's prompt cache, as nobody had used it for a while and agents are still to begin.</summary>
/// <param name="Call">What it used; it is booked on the agent at work whose call was the last.</param>
[WireName("prefix.renewed")]
public sealed record PrefixRenewed(ModelCall Call) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) =>
        (state with { Calls = state.Calls.Add(Call) }).WithPrefixUse(Call.Model, state.Seconds - Call.Seconds);
}

/// <summary>A call began with other bytes than the calls before it had up to their first cache mark, so that it could not read what they had written: a fault of this program, which costs money and nothing else.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Number">The turn.</param>
/// <param name="Model">The model that was asked.</param>
[WireName("prefix.differed")]
public sealed record PrefixDiffered(TaskId TaskId, int Number, ModelId Model) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { PrefixDifferences = state.PrefixDifferences + 1 };

    /// <summary>Whether an agent's call differs in its prefix from one before it on the same model.</summary>
    /// <param name="state">The run before the call is booked.</param>
    /// <param name="call">The call.</param>
    public static bool Is(RunState state, ModelCall call) =>
        call is { Agent: not null, Prefix: not null } && state.Calls.Any(other => other is { Agent: not null, Prefix: { } prefix } && other.Model == call.Model && prefix != call.Prefix);
}

/// <summary>Somebody changed how many agents may run at once; those that run go on.</summary>
/// <param name="Slots">From now on, at least 1.</param>
/// <param name="By">Who: <c>user</c>.</param>
[WireName("slots.changed")]
public sealed record SlotsChanged(int Slots, string By) : RunEvent
{
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with { Settings = state.Settings with { Slots = Math.Max(1, Slots) } };
}

/// <summary>An answer did not come in the time in which nearly all come, so that the same is asked once more beside it: the first answer counts, the other call is given up.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Number">The turn that is waited for.</param>
[WireName("call.hedged")]
public sealed record CallHedged(TaskId TaskId, int Attempt, int Number) : RunEvent
{
    /// <summary>Whether the budget did not allow it at the moment of recording, so that it was left.</summary>
    public bool IsDeclined { get; init; }

    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state.WithTask(TaskId, task => task with { HedgedTurn = Number, IsHedging = !IsDeclined });
}

/// <summary>Whether a model can read the shared prefix of the agents' prompts from its prompt cache.</summary>
public enum PrefixState
{
    /// <summary>It is below the model's minimum, so that nothing is cached and nobody waits.</summary>
    TooShort,

    /// <summary>Nobody has written it yet: one agent goes ahead, the others wait for its first byte.</summary>
    Cold,

    /// <summary>It was written.</summary>
    Warm,

    /// <summary>It was written, and nobody has used it for so long that it is gone: the next agent writes it again, and who begins meanwhile waits for that one.</summary>
    Expired,
}
