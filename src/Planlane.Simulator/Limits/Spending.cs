using System.Globalization;
using Planlane.Budgets;
using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Limits;

/// <summary>The two answers to a client that has spent what it may.</summary>
internal static class Spending
{
    public const string CapCode = "enforced_spend_limit_reached";
    private const string OwnWords = "You have reached your specified API usage limits.";

    /// <summary>Whether an answer is one that no retry can help.</summary>
    public static bool IsTerminal(ApiException error) =>
        error.Status is 401 or 402 or 403 || error.Code == CapCode || (error.Status == 400 && error.Message.StartsWith(OwnWords, StringComparison.Ordinal));

    /// <summary>Throws when a limit is reached. The tier's cap is a 429 like others but for the missing <c>retry-after</c> and its code; the own limit is a 400.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="spent">What all calls up to now cost.</param>
    /// <param name="now">Tells when the next month begins.</param>
    public static void Require(RateLimits limits, Cost spent, DateTimeOffset now)
    {
        if (limits.SpendCap is { } cap && spent.Usd >= cap.Usd)
            throw new ApiException(429, "rate_limit_error", "Your organization has reached its monthly spend limit.") { Code = CapCode };
        if (limits.OwnLimit is { } own && spent.Usd >= own.Usd)
            throw ApiException.Invalid(string.Create(CultureInfo.InvariantCulture, $"{OwnWords} You will regain access on {now.UtcDateTime.AddMonths(1):yyyy-MM}-01 at 00:00 UTC."));
    }
}
