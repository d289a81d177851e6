using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Planlane.Support;

/// <summary>A collector of OTLP over HTTP on loopback, that reads what it is sent.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpCollector(WebApplication application) => _application = application;

    /// <summary>What leads a process to it.</summary>
    public Dictionary<string, string> Variables => new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _application.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };

    /// <summary>All bytes that came.</summary>
    public IEnumerable<byte[]> Bodies => _received.Select(item => item.Body);

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._application.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector._received.Enqueue((request.Path, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await collector._application.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>The attributes of the resource that sends.</summary>
    public Dictionary<string, object?> Resource() => Of("/v1/traces").SelectMany(request => request.All(1)).Take(1).SelectMany(spans => spans.All(1)).SelectMany(Attributes(1)).ToDictionary();

    public IReadOnlyList<CollectedSpan> Spans() => [.. Of("/v1/traces").SelectMany(request => request.All(1)).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)).Select(span => new CollectedSpan(
        Convert.ToHexString(span.First(1)!.Bytes), Convert.ToHexString(span.First(2)!.Bytes), Convert.ToHexString(span.First(4)?.Bytes ?? []), span.First(5)!.Text, Attributes(9)(span).ToDictionary()))];

    /// <summary>The sum of each metric, over all points.</summary>
    public Dictionary<string, double> Metrics() => Of("/v1/metrics").TakeLast(1).SelectMany(request => request.All(1)).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)).ToDictionary(
        metric => metric.First(1)!.Text,
        metric => metric.All(7).SelectMany(sum => sum.All(1)).Sum(point => point.First(4)?.Double ?? point.First(6)!.Long) + metric.All(9).SelectMany(histogram => histogram.All(1)).Sum(point => point.First(5)!.Double));

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private IEnumerable<ProtobufValue> Of(string path) => _received.Where(item => item.Path == path).Select(item => new ProtobufValue(item.Body));

    private static Func<ProtobufValue, IEnumerable<KeyValuePair<string, object?>>> Attributes(int field) => owner => owner.All(field).Select(pair => KeyValuePair.Create(pair.First(1)!.Text, Value(pair.First(2))));

    private static object? Value(ProtobufValue? any) => any switch
    {
        null => null,
        _ when any.First(1) is { } text => text.Text,
        _ when any.First(2) is { } flag => flag.Long == 1,
        _ when any.First(3) is { } whole => whole.Long,
        _ when any.First(4) is { } real => real.Double,
        _ when any.First(5) is { } list => string.Join(',', list.All(1).Select(item => Convert.ToString(Value(item), CultureInfo.InvariantCulture))),
        _ => null,
    };
}

/// <summary>A span as it arrived.</summary>
internal sealed record CollectedSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, object?> Tags);
