using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>The durable record of a run's events; one writer at a time.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Why the run must settle although its events are still recorded: the room that is left is for what is already paid for. Null as long as all is well.</summary>
    PlanlaneException? Shortage => null;

    /// <summary>Every event that was recorded before it was opened, in order; asked before anything is added.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The state after these events.</summary>
    async Task<RunState> RestoreAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded));

    /// <summary>Tells the state after the last event that was added, from which a later load may begin.</summary>
    void Reached(RunState state)
    {
    }

    /// <summary>Adds events; when it returns they survive a crash of the machine.</summary>
    /// <exception cref="PlanlaneException">They could not be written; the journal is as it was before.</exception>
    Task AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);
}
