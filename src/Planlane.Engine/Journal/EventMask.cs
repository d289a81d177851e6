using System.Text.Json;
using System.Text.Json.Serialization;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Scheduling;
using Planlane.Values;

namespace Planlane.Journal;

/// <summary>Takes secrets out of events before they are recorded. Not thread-safe: it belongs to the one who records.</summary>
/// <remarks>
/// Ids, paths and figures stay. Of what a model or a human wrote to be done (answers, plans) only known values are masked, as a sample of a key in code is no secret and must arrive in the file as it
/// was written; the model has seen none of the real ones. The settings of a run stay too: its commands need them when it is resumed.
/// </remarks>
/// <param name="secrets">The mask.</param>
public sealed class EventMask(SecretMask secrets)
{
    private readonly Lazy<Masking> _all = new(() => new Masking(secrets.Of));
    private readonly Lazy<Masking> _values = new(() => new Masking(secrets.OfValues));

    /// <summary>The event without secrets; the same object when it has none.</summary>
    public RunEvent Of(RunEvent happened) => happened switch
    {
        StepBegun or StepEnded or RunResumed or AgentsPrepared or PrefixWarmed => happened,
        RunStarted started => started with { Request = Of(started.Request) },
        TurnAnswered or PlanAnswered or PlanChecked or PlanGiven or PlanDecided => Masked(happened, secrets.OfValues, _values),
        _ => Masked(happened, secrets.Of, _all),
    };

    /// <summary>The request without secrets.</summary>
    public RunRequest Of(RunRequest request) => Masked(request, secrets.Of, _all);

    // Hardly any event has a secret, so the text as a whole is looked at first; what it shows may be a path, and is then left.
    private static T Masked<T>(T value, Func<string, string> mask, Lazy<Masking> masking)
    {
        var json = JsonSerializer.Serialize(value, EventJson.Options);
        return ReferenceEquals(mask(json), json) ? value : JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, masking.Value.Options), EventJson.Options)!;
    }

    private sealed class Masking : JsonConverter<string>
    {
        private readonly Func<string, string> _mask;

        public Masking(Func<string, string> mask)
        {
            _mask = mask;
            Options = new JsonSerializerOptions(EventJson.Options);
            Options.Converters.Add(this);
        }

        public JsonSerializerOptions Options { get; }

        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(_mask(value));
    }
}
