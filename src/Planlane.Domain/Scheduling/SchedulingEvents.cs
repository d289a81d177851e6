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
    /// <inheritdoc />
    internal override RunState ApplyTo(RunState state) => state with
    {
        BirthTree = BirthTree,
        SharedTokens = SharedTokens,
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
        return warm.WithPrefixUse(model, state.LastAt);
    }
}

/// <summary>When a call last used a model's copy of the shared prefix; each use renews the copy.</summary>
/// <param name="Model">The model.</param>
/// <param name="At">The latest moment that is known.</param>
public sealed record PrefixUse(ModelId Model, DateTimeOffset At);

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
