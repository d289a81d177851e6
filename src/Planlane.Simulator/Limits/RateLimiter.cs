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

    /// <summary>Takes a request and its input out of the buckets; the API's 429 when one of them is too empty or the increase is too steep.</summary>
    public void Admit(ServedModel model, Usage input)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var buckets = Of(model, now);
            Require(buckets.Requests, 1, "requests", now);
            Require(buckets.Input, input.Fresh, "input tokens", now);
            Require(buckets.Output, 1, "output tokens", now);
            if (buckets.Ramp?.Until(now) is { } wait && wait > TimeSpan.Zero)
                throw Refusal("This request would exceed your organization's acceleration limit: increase your usage more gradually.", wait);
            buckets.Requests.Take(1, now);
            buckets.Input.Take(input.Fresh, now);
            buckets.Ramp?.Add(now);
        }
    }

    /// <summary>The refusal of one call more than may be answered at once.</summary>
    public static ApiException TooManyAtOnce() => Refusal("Number of concurrent connections has exceeded your rate limit.", TimeSpan.FromSeconds(1));

    /// <summary>Takes what was generated out of the bucket of output tokens.</summary>
    public void Generated(ServedModel model, long tokens)
    {
        lock (_gate)
            Of(model, time.GetUtcNow()).Output.Take(tokens, time.GetUtcNow());
    }

    /// <summary>The twelve headers that tell a client where it stands.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers(ServedModel model)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var buckets = Of(model, now);
            var tighter = buckets.Input.Level(now) / buckets.Input.Capacity < buckets.Output.Level(now) / buckets.Output.Capacity ? buckets.Input : buckets.Output;
            return
            [
                // Of the same clock as the resets, which may be a virtual one.
                new("Date", now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture)),
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
            throw Refusal(string.Create(CultureInfo.InvariantCulture, $"This request would exceed the rate limit of {bucket.Capacity:N0} {kind} per minute."), wait);
    }

    private static ApiException Refusal(string message, TimeSpan wait) => new(429, "rate_limit_error", message) { RetryAfter = wait };

    private Buckets Of(ServedModel model, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(model.Id, out var buckets))
        {
            var own = model.Family == ModelFamily.Haiku ? limits : limits.Larger ?? limits;
            buckets = new Buckets(
                new(own.Requests, speed, now), new(own.InputTokens, speed, now), new(own.OutputTokens, speed, now), limits.Acceleration is { } steep ? new Ramp(steep, speed) : null);
            _buckets[model.Id] = buckets;
        }

        return buckets;
    }

    private sealed record Buckets(TokenBucket Requests, TokenBucket Input, TokenBucket Output, Ramp? Ramp);
}
