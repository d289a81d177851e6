using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Telemetry;

/// <summary>Who looks on when a process works on a run.</summary>
internal static class RunObservers
{
    /// <summary>Traces, metrics and diagnostics.</summary>
    public static IReadOnlyList<IRunObserver> Of(RunId run, RunFolders folders, EngineOptions options) =>
        [new RunTracer(options.TracesContent, options.Secrets, options.TraceParent), new RunMeter(), new DiagnosticLog(options.LogFile ?? folders.LogOf(run), run, options.Time, options.Secrets)];
}
