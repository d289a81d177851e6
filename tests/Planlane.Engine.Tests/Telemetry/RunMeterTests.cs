using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Planlane.Agents;
using Planlane.Budgets;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Telemetry;

public sealed class RunMeterTests
{
    private static readonly ModelCall Call = new(new ModelId("meter-test-model"), null, new Usage(10, 20, 300, 4_000, 50_000), new Cost(0.25m), 0.5, 2);

    [Fact]
    public void Metrics_OfACall_CountAllInputAsTheConventionsDo()
    {
        var seen = Measured(meter => meter.Recorded(Update(new Planning.PlanAnswered(1, "x", AnswerStop.EndTurn, Call))));

        Assert.Equal(
        [
            "gen_ai.client.operation.duration 2", "gen_ai.client.operation.time_to_first_chunk 0.5", "gen_ai.client.token.usage 20 output", "gen_ai.client.token.usage 54310 input", "planlane.cost.usd 0.25 planner",
        ], seen);
    }

    [Fact]
    public void Metrics_OfALostCall_HaveAnErrorType()
    {
        var seen = Measured(meter => meter.Recorded(Update(new CallLost(Call))));

        Assert.Contains("gen_ai.client.operation.duration 2 call_lost", seen);
    }

    private static IReadOnlyList<string> Measured(Action<RunMeter> record)
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Meter.Name == TelemetryNames.Meter) listening.EnableMeasurementEvents(instrument); } };
        void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
            if (known.GetValueOrDefault("gen_ai.request.model") == Call.Model.Value)
                seen.Add(string.Join(' ', new[] { instrument.Name, FormattableString.Invariant($"{value}"), known.GetValueOrDefault("gen_ai.token.type") ?? known.GetValueOrDefault("error.type") ?? known.GetValueOrDefault("gen_ai.agent.name") }.OfType<string>()));
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        using var meter = new RunMeter();
        record(meter);
        return [.. seen.Order(StringComparer.Ordinal)];
    }

    private static RunUpdate Update(RunEvent happened)
    {
        var started = RunState.Empty.Apply(new RecordedEvent(1, DateTimeOffset.UnixEpoch, new RunStarted(new RunId("abc123"), new RunRequest("x", [], []), new RunBase(default, default, null, []), RunHarness.Settings)));
        var recorded = new RecordedEvent(2, DateTimeOffset.UnixEpoch.AddSeconds(2), happened);
        return new RunUpdate(recorded, started.Apply(recorded));
    }
}
