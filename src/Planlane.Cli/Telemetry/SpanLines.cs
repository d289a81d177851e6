using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using Planlane.Cli.Output;

namespace Planlane.Cli.Telemetry;

/// <summary>Writes a line for each span that has ended. To stderr, as stdout is for results.</summary>
internal sealed class SpanLines(TextWriter writer) : BaseExporter<Activity>
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            var tags = string.Concat(span.TagObjects.Select(tag => $" {tag.Key}={(tag.Value is string[] texts ? string.Join(',', texts) : Convert.ToString(tag.Value, CultureInfo.InvariantCulture))}"));
            var times = string.Create(CultureInfo.InvariantCulture, $"{span.StartTimeUtc:O} {span.Duration.TotalSeconds:0.000}s");
            writer.WriteLine(SafeText.Of($"span {span.TraceId} {span.SpanId} {span.ParentSpanId} {times} {span.Status} \"{span.DisplayName}\"{tags}"));
        }

        return ExportResult.Success;
    }
}
