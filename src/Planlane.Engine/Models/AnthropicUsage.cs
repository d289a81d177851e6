using System.Text.Json;
using Microsoft.Extensions.AI;
using Planlane.Budgets;

namespace Planlane.Models;

/// <summary>Gathers the native usage of one answer: the numbers at its start are a stub, those at its end are cumulative and replace them.</summary>
internal sealed class AnthropicUsage
{
    private long _input;
    private long _output;
    private long _read;
    private long _write;
    private long _writeLong;

    public Usage Tokens => new(_input, _output, _read, _write - _writeLong, _writeLong);

    /// <summary>The same as <c>Microsoft.Extensions.AI</c> counts: its input includes what was read from and written to the cache.</summary>
    public UsageDetails Details => new()
    {
        InputTokenCount = _input + _read + _write,
        CachedInputTokenCount = _read,
        OutputTokenCount = _output,
        TotalTokenCount = _input + _read + _write + _output,
        AdditionalCounts = new() { [ChatKeys.CacheWrite] = _write, [ChatKeys.CacheWriteLong] = _writeLong },
    };

    public void Read(JsonElement holder)
    {
        if (!holder.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return;
        _input = Count(usage, "input_tokens") ?? _input;
        _output = Count(usage, "output_tokens") ?? _output;
        _read = Count(usage, "cache_read_input_tokens") ?? _read;
        _write = Count(usage, "cache_creation_input_tokens") ?? _write;
        if (!usage.TryGetProperty("cache_creation", out var split) || split.ValueKind != JsonValueKind.Object)
            return;
        _writeLong = Count(split, "ephemeral_1h_input_tokens") ?? _writeLong;
        _write = Math.Max(_write, _writeLong + (Count(split, "ephemeral_5m_input_tokens") ?? 0));
    }

    private static long? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) ? count : null;
}
