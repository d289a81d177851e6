using System.Globalization;
using Planlane.Budgets;
using Planlane.Simulator.Wire;
using Planlane.Values;

namespace Planlane.Simulator.Limits;

/// <summary>Keeps the buckets of each model; thread-safe.</summary>
internal sealed class RateLimiter(RateLimits limits, double speed, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ModelId, Buckets> _buckets = [];

    /// <summary>Takes a request and its input out of the buckets; the API's 429 when one of them is too empty.</summary>
    public void Admit(ModelId model, Usage input)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var buckets = Of(model, now);
            Require(buckets.Requests, 1, "requests", now);
            Require(buckets.Input, input.Fresh, "input tokens", now);
            Require(buckets.Output, 1, "output tokens", now);
            buckets.Requests.Take(1, now);
            buckets.Input.Take(input.Fresh, now);
        }
    }

    /// <summary>Takes what was generated out of the bucket of output tokens.</summary>
    public void Generated(ModelId model, long tokens)
    {
        lock (_gate)
            Of(model, time.GetUtcNow()).Output.Take(tokens, time.GetUtcNow());
    }

    /// <summary>The twelve headers that tell a client where it stands.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers(ModelId model)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var buckets = Of(model, now);
            var tighter = buckets.Input.Level(now) / buckets.Input.Capacity < buckets.Output.Level(now) / buckets.Output.Capacity ? buckets.Input : buckets.Output;
            return
            [
                .. Headers("requests", buckets.Requests, 1, now), .. Headers("input-tokens", buckets.Input, 1000, now),
                .. Headers("output-tokens", buckets.Output, 1000, now), .. Headers("tokens", tighter, 1000, now),
            ];
        }
    }

    private static KeyValuePair<string, string>[] Headers(string kind, TokenBucket bucket, int round, DateTimeOffset now)
    {
        var remaining = (long)Math.Max(0, Math.Floor(bucket.Level(now) / round)) * round;
        var full = now + bucket.Until(bucket.Capacity, now);
        return
        [
            new($"anthropic-ratelimit-{kind}-limit", bucket.Capacity.ToString(CultureInfo.InvariantCulture)),
            new($"anthropic-ratelimit-{kind}-remaining", remaining.ToString(CultureInfo.InvariantCulture)),
            new($"anthropic-ratelimit-{kind}-reset", full.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        ];
    }

    private static void Require(TokenBucket bucket, double amount, string kind, DateTimeOffset now)
    {
        if (bucket.Until(amount, now) is var wait && wait > TimeSpan.Zero)
        {
            throw new ApiException(429, "rate_limit_error", string.Create(CultureInfo.InvariantCulture, $"This request would exceed the rate limit of {bucket.Capacity:N0} {kind} per minute."))
            {
                RetryAfter = wait,
            };
        }
    }

    private Buckets Of(ModelId model, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(model, out var buckets))
        {
            buckets = new Buckets(new(limits.Requests, speed, now), new(limits.InputTokens, speed, now), new(limits.OutputTokens, speed, now));
            _buckets[model] = buckets;
        }

        return buckets;
    }

    private sealed record Buckets(TokenBucket Requests, TokenBucket Input, TokenBucket Output);
}
