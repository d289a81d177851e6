using Planlane.Cli.Telemetry;

namespace Planlane.Settings;

public sealed class ExportSettingsTests
{
    [Theory]
    [InlineData("", "Nowhere Nowhere")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "Otlp Otlp")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318", "Otlp Nowhere")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318 OTEL_METRICS_EXPORTER=none", "Otlp Nowhere")]
    [InlineData("OTEL_TRACES_EXPORTER=otlp", "Otlp Nowhere")]
    [InlineData("OTEL_TRACES_EXPORTER=console OTEL_METRICS_EXPORTER=console", "Console Nowhere")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318 OTEL_SDK_DISABLED=TRUE", "Nowhere Nowhere")]
    [InlineData("OTEL_SERVICE_NAME=x OTEL_TRACES_EXPORTER=zipkin", "Nowhere Nowhere")]
    public void Settings_OfVariables_SayWhereTelemetryGoes(string variables, string expected)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split('=', 2)).ToDictionary(item => item[0], item => item[1]);

        var settings = ExportSettings.Read(set.GetValueOrDefault);

        Assert.Equal(expected, $"{settings.Traces} {settings.Metrics}");
    }
}
