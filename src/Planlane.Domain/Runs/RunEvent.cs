namespace Planlane.Runs;

/// <summary>Something that happened in a run. The cases lie in the folder of the phase that emits them, each with a wire name that never changes.</summary>
public abstract record RunEvent
{
    private protected RunEvent()
    {
    }

    /// <summary>The state after this event.</summary>
    internal abstract RunState ApplyTo(RunState state);
}

/// <summary>The name of an event in the journal; never changes.</summary>
/// <param name="name">Two words with a dot between them.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WireNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>An event as it stands in the journal.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Event">What happened.</param>
public sealed record RecordedEvent(long Sequence, DateTimeOffset At, RunEvent Event)
{
    /// <summary>The seconds since the event before, by a clock that is never set; null in the first event of a process, and in journals of before it was recorded.</summary>
    public double? Elapsed { get; init; }
}
