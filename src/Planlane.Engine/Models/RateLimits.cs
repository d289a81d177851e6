using System.Globalization;
using System.Net.Http.Headers;

namespace Planlane.Models;

/// <summary>Reads the rate-limit headers of an answer.</summary>
internal static class RateLimits
{
    private static readonly string[] Kinds = ["requests", "input-tokens", "output-tokens", "tokens"];

    /// <summary>How long callers should hold back, or null when every bucket still holds something.</summary>
    /// <remarks>
    /// The reset is the moment at which a bucket is full again, and buckets fill continuously: after a tenth of that time a tenth of the bucket is there,
    /// which is enough to go on.
    /// </remarks>
    public static TimeSpan? HoldBack(HttpResponseHeaders headers, TimeProvider time)
    {
        TimeSpan? longest = null;
        foreach (var kind in Kinds)
        {
            if (Header(headers, $"anthropic-ratelimit-{kind}-remaining") == "0"
                && DateTimeOffset.TryParse(Header(headers, $"anthropic-ratelimit-{kind}-reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset)
                && (reset - (headers.Date ?? time.GetUtcNow())) / 10 is var wait && wait > TimeSpan.Zero && (longest is null || wait > longest))
            {
                longest = wait;
            }
        }
        return longest;
    }

    private static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
