using System.Diagnostics;
using System.Globalization;
using System.Text;
using Planlane.Runs;

namespace Planlane.Telemetry;

/// <summary>Collects the spans of an engine as an exporter would. Other tests run beside it, so that spans are asked for by run.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanCollector()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (_ended)
                    _ended.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of a run, in the order in which they began.</summary>
    public IReadOnlyList<Activity> Of(RunState run)
    {
        lock (_ended)
        {
            var roots = _ended.Where(span => span.DisplayName == "invoke_workflow planlane" && span.StartTimeUtc >= run.StartedAt.UtcDateTime && Tag(span, "planlane.run.id") is string id && id == run.Id.Value).ToList();
            var trace = roots.FirstOrDefault(root => root.StartTimeUtc == run.StartedAt.UtcDateTime)?.TraceId;
            return [.. _ended.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc)];
        }
    }

    public static object? Tag(Activity span, string name) => span.TagObjects.FirstOrDefault(tag => tag.Key == name).Value;

    /// <summary>The spans as a tree with their attributes; siblings by name, ids and times left out.</summary>
    public static string TreeOf(IReadOnlyList<Activity> spans, RunState run)
    {
        var text = new StringBuilder();
        void Add(Activity span, int depth)
        {
            text.Append(' ', 2 * depth).Append(span.DisplayName).Append(span.Kind is ActivityKind.Internal ? "" : $" ({span.Kind})").Append(span.Status is ActivityStatusCode.Error ? $" ERROR {span.StatusDescription}" : "").Append('\n');
            foreach (var (name, value) in span.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal))
                text.Append(' ', 2 * depth + 4).Append(name).Append('=').Append(name.EndsWith("time_to_first_chunk", StringComparison.Ordinal) ? "TIME" : Shown(value).Replace(run.Id.Value, "RUN", StringComparison.Ordinal)).Append('\n');
            foreach (var child in spans.Where(child => child.ParentSpanId == span.SpanId).OrderBy(child => child.DisplayName, StringComparer.Ordinal))
                Add(child, depth + 1);
        }

        foreach (var root in spans.Where(span => span.ParentSpanId == default))
            Add(root, 0);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static string Shown(object? value) => value is string[] texts ? string.Join(',', texts) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
