using Planlane.Runs;

namespace Planlane.Journal;

/// <summary>The durable record of a run's events; one writer at a time.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Every recorded event, in order.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds events; when it returns they survive a crash of the machine.</summary>
    /// <exception cref="PlanlaneException">They could not be written; the journal is as it was before.</exception>
    Task AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);
}
