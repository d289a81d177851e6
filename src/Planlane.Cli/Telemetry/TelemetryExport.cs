using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Planlane.Telemetry;

namespace Planlane.Cli.Telemetry;

/// <summary>The SDK at work: collects what runs tell and sends it. Only this class and its exporter know it, and they are loaded only when somebody wants it.</summary>
internal sealed class TelemetryExport : IDisposable
{
    // Nobody waits longer at the end for a collector that is away or slow.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly ExportFaults _faults = new();
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private TelemetryExport(ExportSettings settings)
    {
        // The variables come last, as they win.
        var resource = ResourceBuilder.CreateEmpty().AddService("planlane", serviceVersion: Program.Version, autoGenerateServiceInstanceId: false).AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (settings.Traces is not ExportTarget.Nowhere)
        {
            var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TelemetryNames.Source);
            _traces = (settings.Traces is ExportTarget.Otlp ? traces.AddOtlpExporter() : traces.AddProcessor(new SimpleActivityExportProcessor(new SpanLines(Console.Error)))).Build();
        }

        if (settings.Metrics is ExportTarget.Otlp)
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(TelemetryNames.Meter).AddOtlpExporter().Build();
    }

    public static TelemetryExport Start(ExportSettings settings) => new(settings);

    /// <summary>Sends what is left, for two seconds at most.</summary>
    /// <returns>Why something was not sent, or null.</returns>
    public string? Finish()
    {
        var left = Task.WhenAll(
            Task.Run(() => _traces?.Shutdown((int)Longest.TotalMilliseconds) ?? true),
            Task.Run(() => _metrics?.Shutdown((int)Longest.TotalMilliseconds) ?? true));
        return left.Wait(Longest) ? _faults.First : _faults.First ?? $"The collector did not take it within {Longest.TotalSeconds:0} seconds.";
    }

    // The providers are not disposed of: that would wait once more, and the process ends.
    public void Dispose() => _faults.Dispose();
}
