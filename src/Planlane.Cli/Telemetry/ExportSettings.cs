namespace Planlane.Cli.Telemetry;

/// <summary>Whether and how traces and metrics leave the process, by the variables of OpenTelemetry. Knows no type of the SDK, so that asking costs nothing.</summary>
/// <param name="Traces">Where spans go.</param>
/// <param name="Metrics">Where metrics go; never <see cref="ExportTarget.Console"/>.</param>
internal sealed record ExportSettings(ExportTarget Traces, ExportTarget Metrics)
{
    public bool IsWanted => Traces is not ExportTarget.Nowhere || Metrics is not ExportTarget.Nowhere;

    /// <summary>Whether spans hold what models and tools said.</summary>
    public static bool CapturesContent(Func<string, string?> variable) => IsTrue(variable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"));

    /// <summary>Reads the variables. Nothing is exported unless an endpoint or an exporter is named.</summary>
    public static ExportSettings Read(Func<string, string?> variable)
    {
        if (IsTrue(variable("OTEL_SDK_DISABLED")))
            return new ExportSettings(ExportTarget.Nowhere, ExportTarget.Nowhere);
        var metrics = TargetOf("METRICS", variable);
        return new ExportSettings(TargetOf("TRACES", variable), metrics is ExportTarget.Console ? ExportTarget.Nowhere : metrics);
    }

    private static ExportTarget TargetOf(string signal, Func<string, string?> variable) => variable($"OTEL_{signal}_EXPORTER")?.Trim().ToLowerInvariant() switch
    {
        null or "" => IsSet(variable("OTEL_EXPORTER_OTLP_ENDPOINT")) || IsSet(variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) ? ExportTarget.Otlp : ExportTarget.Nowhere,
        "otlp" => ExportTarget.Otlp,
        "console" => ExportTarget.Console,
        _ => ExportTarget.Nowhere,
    };

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);

    private static bool IsTrue(string? value) => string.Equals(value?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where telemetry goes.</summary>
internal enum ExportTarget
{
    Nowhere,

    /// <summary>To a collector; address, protocol, headers and time limit are those of the SDK's own variables.</summary>
    Otlp,

    /// <summary>To stderr, a line for each span.</summary>
    Console,
}
