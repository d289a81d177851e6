using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planlane.Budgets;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Ledgers;

/// <summary>What <c>/simulator/…</c> answers: our own pages beside the vendor's API, without a key, for scripts in any language.</summary>
internal static class LedgerReplies
{
    public static JsonObject Ledger(IReadOnlyList<SimulatedCall> calls, ValueList<ModelFacts> prices)
    {
        var ledger = Ledgers.Ledger.Of(calls, prices);
        return new JsonObject
        {
            ["calls"] = calls.Count,
            ["peak"] = CallRules.PeakOf(calls),
            ["usage"] = Usage(ledger.Usage),
            ["costUsd"] = ledger.Cost.Usd,
            ["priced"] = ledger.IsPriced,
            ["models"] = new JsonArray([.. ledger.Rows.GroupBy(row => row.Model).Select(JsonNode (rows) => Row(rows.Key, [.. rows]))]),
            ["rows"] = new JsonArray([.. ledger.Rows.Select(JsonNode (row) => Row(row))]),
        };
    }

    public static JsonArray Calls(IReadOnlyList<SimulatedCall> calls, ValueList<ModelFacts> prices) => new([.. calls.Select(JsonNode (call) => new JsonObject
    {
        ["number"] = call.Number,
        ["model"] = call.Model?.Value,
        ["role"] = call.Role.ToString().ToLowerInvariant(),
        ["task"] = call.Task?.Value,
        ["turn"] = call.Turn,
        ["status"] = call.Status,
        ["stopReason"] = call.StopReason,
        ["fault"] = call.Fault,
        ["usage"] = Usage(call.Usage),
        ["costUsd"] = Ledgers.Ledger.CostOf(call, prices)?.Usd,
        ["startedAt"] = call.StartedAt.ToString("O", CultureInfo.InvariantCulture),
        ["firstByteAt"] = call.FirstByteAt?.ToString("O", CultureInfo.InvariantCulture),
        ["endedAt"] = call.EndedAt?.ToString("O", CultureInfo.InvariantCulture),
    })]);

    /// <summary>Checks the rules that a query names, such as <c>?once&amp;spaced&amp;cost=0.50&amp;cache-reads=0.85&amp;peak=8</c>.</summary>
    public static JsonObject Check(IReadOnlyList<SimulatedCall> calls, IQueryCollection query, ValueList<ModelFacts> prices)
    {
        var broken = calls.Check([.. query.Select(asked => RuleOf(asked.Key, asked.Value.ToString(), prices))]);
        return new JsonObject { ["holds"] = broken.Count == 0, ["broken"] = new JsonArray([.. broken.Select(text => (JsonNode)text)]) };
    }

    private static CallRule RuleOf(string name, string value, ValueList<ModelFacts> prices) => name switch
    {
        "once" => CallRules.Once,
        "spaced" => CallRules.Spaced,
        "stops" => CallRules.Stops,
        "same-prefix" => CallRules.SamePrefix,
        "cache-reads" => CallRules.CacheReads((double)Number(name, value)),
        "peak" => CallRules.Peak((int)Number(name, value)),
        "cost" => CallRules.CostAtMost(new Cost(Number(name, value)), prices),
        _ => throw ApiException.Invalid($"{name}: no such rule; there are once, spaced, stops, same-prefix, cache-reads=SHARE, peak=CALLS, cost=USD"),
    };

    private static decimal Number(string name, string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : throw ApiException.Invalid($"{name}: a number is needed, such as {name}=1");

    private static JsonObject Row(ModelId model, IReadOnlyList<LedgerRow> rows) => new()
    {
        ["model"] = model.Value,
        ["calls"] = rows.Sum(row => row.Calls),
        ["usage"] = Usage(rows.Aggregate(default(Usage), (sum, row) => sum + row.Usage)),
        ["costUsd"] = rows.Any(row => row.Cost is null) ? null : rows.Sum(row => row.Cost!.Value.Usd),
    };

    private static JsonObject Row(LedgerRow row)
    {
        var json = Row(row.Model, [row]);
        json["role"] = row.Role.ToString().ToLowerInvariant();
        json["task"] = row.Task?.Value;
        return json;
    }

    private static JsonObject Usage(Usage usage) => new()
    {
        ["input"] = usage.Input,
        ["output"] = usage.Output,
        ["cacheRead"] = usage.CacheRead,
        ["cacheWrite"] = usage.CacheWrite,
        ["cacheWriteLong"] = usage.CacheWriteLong,
    };
}
