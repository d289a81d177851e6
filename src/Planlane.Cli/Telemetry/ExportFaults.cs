using System.Diagnostics.Tracing;

namespace Planlane.Cli.Telemetry;

/// <summary>Hears what the SDK says of its own failures, which it tells nobody else. Thread-safe.</summary>
internal sealed class ExportFaults : EventListener
{
    private string? _first;

    /// <summary>What failed first, or null.</summary>
    public string? First => Volatile.Read(ref _first);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("OpenTelemetry-", StringComparison.Ordinal))
            EnableEvents(eventSource, EventLevel.Error);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Interlocked.CompareExchange(
        ref _first,
        eventData.Message is { } form ? string.Format(System.Globalization.CultureInfo.InvariantCulture, form, eventData.Payload?.ToArray() ?? []).Split('\n')[0] : eventData.EventName,
        null);
}
