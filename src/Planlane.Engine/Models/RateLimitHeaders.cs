using System.Globalization;
using System.Net.Http.Headers;

namespace Planlane.Models;

/// <summary>Reads the rate-limit headers of an answer.</summary>
internal static class RateLimitHeaders
{
    private static readonly string[] Kinds = ["requests", "input-tokens", "output-tokens", "tokens"];

    // A bucket is full again after a minute at most, with what rounding to whole seconds adds. A longer time comes from two clocks that do not agree.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(62);

    /// <summary>What the headers tell of the buckets whose size they name; null when they name none.</summary>
    public static ModelLimits? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var limits = new ModelLimits(Limit(headers, "requests", time), Limit(headers, "input-tokens", time), Limit(headers, "output-tokens", time));
        return limits is { Requests: null, InputTokens: null, OutputTokens: null } ? null : limits;
    }

    /// <summary>How long callers should hold back because a bucket is empty whose size is not told, or null.</summary>
    /// <remarks>
    /// The reset is the moment at which a bucket is full again, and buckets fill continuously: after a tenth of that time a tenth of the bucket is there,
    /// which is enough to go on.
    /// </remarks>
    public static TimeSpan? HoldBack(HttpResponseHeaders headers, TimeProvider time)
    {
        TimeSpan? longest = null;
        foreach (var kind in Kinds)
        {
            if (Header(headers, $"anthropic-ratelimit-{kind}-remaining") == "0" && Limit(headers, kind, time) is null
                && FullIn(headers, kind, time) / 10 is { } wait && (longest is null || wait > longest))
            {
                longest = wait;
            }
        }
        return longest;
    }

    private static ModelLimit? Limit(HttpResponseHeaders headers, string kind, TimeProvider time) =>
        Number(headers, $"anthropic-ratelimit-{kind}-limit") is > 0 and var limit && Number(headers, $"anthropic-ratelimit-{kind}-remaining") is { } remaining
            ? new ModelLimit(limit, Math.Clamp(remaining, 0, limit), FullIn(headers, kind, time))
            : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Header(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    // By the clock that the service itself tells; ours may be set wrong.
    private static TimeSpan? FullIn(HttpResponseHeaders headers, string kind, TimeProvider time) =>
        DateTimeOffset.TryParse(Header(headers, $"anthropic-ratelimit-{kind}-reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset)
            && reset - (headers.Date ?? time.GetUtcNow()) is var period && period > TimeSpan.Zero && period <= Longest
            ? period
            : null;

    private static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
