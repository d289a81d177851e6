using Planlane.Journal;
using Planlane.Runs;

namespace Planlane.Testing;

/// <summary>A journal in memory, through the same JSON as on disk.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly List<byte[]> _lines = [];

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<byte[]> Lines => _lines;

    /// <summary>Called before each append with the events; may throw what a full disk would.</summary>
    public Action<IReadOnlyList<RecordedEvent>>? OnAppend { get; set; }

    /// <inheritdoc />
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RecordedEvent>>([.. _lines.Select(line => EventJson.Read(line))]);

    /// <inheritdoc />
    public Task AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        OnAppend?.Invoke(events);
        _lines.AddRange(events.Select(EventJson.Write));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
