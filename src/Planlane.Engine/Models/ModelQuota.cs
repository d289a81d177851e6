using Planlane.Budgets;

namespace Planlane.Models;

/// <summary>Our own count of a model's buckets between the answers that tell of them, so that a request waits here and is not refused there. Not thread-safe.</summary>
/// <remarks>
/// What an answer tells was true when its request was sent; what was sent and generated since is taken off, and what flows in is added. As long as no answer has told
/// anything, nothing waits. Moments are times that have passed since any beginning, never those of a clock that may be set. Also keeps the increase gradual: beyond a number of requests that is always allowed, a minute has at most twice those of the minute before.
/// </remarks>
internal sealed class ModelQuota
{
    private const double Growth = 2;
    private const int AlwaysAllowed = 16;
    private const double AllowedShare = 0.25;
    private const double Learning = 0.3;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);
    private readonly List<(TimeSpan At, double Tokens)> _sent = [];
    private readonly List<(TimeSpan At, double Tokens)> _generated = [];
    private ModelLimits? _limits;
    private TimeSpan _asOf;
    private int _inFlight;
    private double _freshShare = 1;
    private double _answerTokens = 1_000;

    /// <summary>How long one more request has to wait at least; zero when it may be sent now.</summary>
    /// <param name="inputTokens">Estimated tokens of its prompt, cached ones included.</param>
    /// <param name="now">The time.</param>
    public TimeSpan Wait(double inputTokens, TimeSpan now)
    {
        if (_limits is not { } limits)
            return TimeSpan.Zero;
        var longest = Until(limits.Requests, 1, _sent.Count(sent => sent.At > _asOf), now);
        var input = Until(limits.InputTokens, inputTokens * _freshShare, _sent.Where(sent => sent.At > _asOf).Sum(sent => sent.Tokens), now);
        // Whoever is alone only needs a bucket that is not empty; beside others there must be room for all their answers.
        var answers = _inFlight == 0 ? 1 : _answerTokens * (_inFlight + 1);
        var output = Until(limits.OutputTokens, answers, _generated.Where(made => made.At > _asOf).Sum(made => made.Tokens), now);
        foreach (var wait in new[] { input, output, Gradual(limits, now) })
            longest = wait > longest ? wait : longest;
        return longest;
    }

    /// <summary>A request is sent.</summary>
    public void Take(double inputTokens, TimeSpan now)
    {
        _sent.RemoveAll(sent => sent.At <= now - (2 * Minute));
        _generated.RemoveAll(made => made.At <= now - (2 * Minute));
        _sent.Add((now, inputTokens * _freshShare));
        _inFlight++;
    }

    /// <summary>A request has ended, with or without an answer.</summary>
    /// <param name="inputTokens">What was estimated of its prompt.</param>
    /// <param name="used">What it used, or null when that is not known.</param>
    /// <param name="now">The time.</param>
    public void Ended(double inputTokens, Usage? used, TimeSpan now)
    {
        _inFlight--;
        if (used is not { Total: > 0 } usage)
            return;
        _generated.Add((now, usage.Output));
        _answerTokens += Learning * (usage.Output - _answerTokens);
        if (inputTokens > 0)
            _freshShare += Learning * (((usage.TotalInput - usage.CacheRead) / inputTokens) - _freshShare);
    }

    /// <summary>An answer told of the buckets.</summary>
    /// <param name="limits">What it told.</param>
    /// <param name="sentAt">When its request was sent; what an older one tells is no news.</param>
    public void Learn(ModelLimits limits, TimeSpan sentAt)
    {
        if (_limits is not null && sentAt < _asOf)
            return;
        (_limits, _asOf) = (limits, sentAt);
    }

    private TimeSpan Until(ModelLimit? limit, double needed, double taken, TimeSpan now)
    {
        if (limit is null)
            return TimeSpan.Zero;
        // A simulated minute may be shorter; the reset tells. It is cut to whole seconds, which is why it is trusted only from some on.
        var perSecond = limit.PerMinute / Minute.TotalSeconds;
        if (limit.FullIn is { } full && full > 2 * Rounding)
            perSecond = Math.Max(perSecond, (limit.PerMinute - limit.Remaining) / (full + Rounding).TotalSeconds);
        var there = Math.Min(limit.PerMinute, limit.Remaining + (perSecond * (now - _asOf).TotalSeconds)) - taken;
        var missing = Math.Min(needed, limit.PerMinute) - there;
        return missing <= 0 ? TimeSpan.Zero : Ahead(TimeSpan.FromSeconds(missing / perSecond));
    }

    private TimeSpan Gradual(ModelLimits limits, TimeSpan now)
    {
        if (limits.Requests is not { } requests)
            return TimeSpan.Zero;
        var recent = _sent.Count(sent => sent.At > now - Minute);
        var before = _sent.Count(sent => sent.At > now - (2 * Minute)) - recent;
        if (recent < Math.Max(Math.Max(AlwaysAllowed, requests.PerMinute * AllowedShare), Growth * before))
            return TimeSpan.Zero;
        return Ahead(_sent[^recent].At + Minute - now);
    }

    // Whole milliseconds, so that a timer that rounds down does not come too early.
    private static TimeSpan Ahead(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Floor(wait.TotalMilliseconds) + 1);
}
