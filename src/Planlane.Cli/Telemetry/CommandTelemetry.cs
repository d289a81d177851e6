using System.Runtime.CompilerServices;
using Planlane.Cli.Output;

namespace Planlane.Cli.Telemetry;

/// <summary>The traces and metrics of one command: begun when it works on a run, and only when the user asked for them.</summary>
/// <param name="variable">Looks up an environment variable.</param>
internal sealed class CommandTelemetry(Func<string, string?> variable)
{
    private object? _export;

    /// <summary>Begins to collect. Must come before the run, or its beginning is missed.</summary>
    public void Begin()
    {
        if (_export is null && ExportSettings.Read(variable) is { IsWanted: true } settings)
            Start(settings);
    }

    /// <summary>Sends what is left; bounded. A collector that is away is told of under <c>--debug</c> alone.</summary>
    public void End(Terminal terminal, bool debug)
    {
        if (_export is not null)
            Finish(terminal, debug);
    }

    // Apart, so that no type of the SDK is looked for when nobody wants it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Start(ExportSettings settings) => _export = TelemetryExport.Start(settings);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Finish(Terminal terminal, bool debug)
    {
        using var export = (TelemetryExport)_export!;
        if (export.Finish() is { } why && debug)
            terminal.Error.Hanging("", "  ", Ink.Faint("Telemetry was not sent: "), why);
    }
}
