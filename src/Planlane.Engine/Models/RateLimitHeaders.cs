using System.Globalization;
using System.Net.Http.Headers;

namespace Planlane.Models;

/// <summary>Reads the rate-limit headers of an answer.</summary>
internal static class RateLimitHeaders
{
    private static readonly string[] Kinds = ["requests", "input-tokens", "output-tokens", "tokens"];

    /// <summary>What the headers tell of the buckets whose size they name; null when they name none.</summary>
    public static ModelLimits? Read(HttpResponseHeaders headers)
    {
        var limits = new ModelLimits(Limit(headers, "requests"), Limit(headers, "input-tokens"), Limit(headers, "output-tokens"));
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
            if (Header(headers, $"anthropic-ratelimit-{kind}-remaining") == "0" && Limit(headers, kind) is null
                && Reset(headers, kind) is { } reset && (reset - (headers.Date ?? time.GetUtcNow())) / 10 is var wait && wait > TimeSpan.Zero && (longest is null || wait > longest))
            {
                longest = wait;
            }
        }
        return longest;
    }

    private static ModelLimit? Limit(HttpResponseHeaders headers, string kind) =>
        Number(headers, $"anthropic-ratelimit-{kind}-limit") is > 0 and var limit && Number(headers, $"anthropic-ratelimit-{kind}-remaining") is { } remaining
            ? new ModelLimit(limit, Math.Clamp(remaining, 0, limit), Reset(headers, kind))
            : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Header(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Reset(HttpResponseHeaders headers, string kind) =>
        DateTimeOffset.TryParse(Header(headers, $"anthropic-ratelimit-{kind}-reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset) ? reset : null;

    private static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
