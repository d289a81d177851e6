using Planlane.Values;

namespace Planlane.Models;

/// <summary>What is done about each fault, and when a failed try is made again: a table and a pure decision.</summary>
/// <param name="Rows">A row for each fault; one without a row is never retried and ends the run.</param>
/// <param name="FirstDelay">The first delay where the vendor names none; doubled with each retry.</param>
/// <param name="LongestDelay">Where the doubling ends. A delay that the vendor names is neither shortened nor lengthened.</param>
public sealed record RetryRules(ValueList<FaultRule> Rows, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>The rules of the program; delays from one second to half a minute.</summary>
    public static RetryRules Default { get; } = new(
        [
            //                                        retries  whom it concerns     pauses the run at the end
            new FaultRule(ModelFault.RateLimited,           8, FaultReach.Model,    true),
            new FaultRule(ModelFault.Overloaded,            4, FaultReach.Provider, true),
            new FaultRule(ModelFault.ServerError,           4, FaultReach.Provider, true),
            new FaultRule(ModelFault.Gateway,               4, FaultReach.Provider, true),
            new FaultRule(ModelFault.Timeout,               4, FaultReach.Provider, true),
            new FaultRule(ModelFault.Network,               4, FaultReach.Provider, true),
            new FaultRule(ModelFault.UnknownHost,           4, FaultReach.Provider, true),
            new FaultRule(ModelFault.InsecureConnection,    1, FaultReach.Provider, true),
            new FaultRule(ModelFault.Conflict,              4, FaultReach.Call,     false),
            new FaultRule(ModelFault.CutStream,             2, FaultReach.Call,     false),
            new FaultRule(ModelFault.BadRequest,            0, FaultReach.Call,     false),
            new FaultRule(ModelFault.TooLarge,              0, FaultReach.Call,     false),
            new FaultRule(ModelFault.Authentication,        0, FaultReach.Provider, true),
            new FaultRule(ModelFault.Permission,            0, FaultReach.Provider, true),
            new FaultRule(ModelFault.Billing,               0, FaultReach.Provider, true),
            new FaultRule(ModelFault.SpendLimit,            0, FaultReach.Provider, true),
            new FaultRule(ModelFault.NotFound,              0, FaultReach.Provider, true),
        ],
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(30));

    /// <summary>No fault is retried.</summary>
    public static RetryRules None { get; } = Default with { Rows = Default.Rows.Select(row => row with { Retries = 0 }).ToValueList() };

    /// <summary>What is done about a fault.</summary>
    public FaultRule RuleOf(ModelFault fault) => Rows.FirstOrDefault(row => row.Fault == fault) ?? new FaultRule(fault, 0, FaultReach.Provider, true);

    /// <summary>How long to wait before the next try, or null when there is to be none.</summary>
    /// <param name="fault">Why the last try failed.</param>
    /// <param name="earlier">Why the tries before it failed.</param>
    /// <param name="jitter">From 0 to 1; spreads callers over the second half of a delay that the vendor did not name.</param>
    public TimeSpan? DelayBefore(ModelException fault, IEnumerable<ModelFault> earlier, double jitter)
    {
        var rule = RuleOf(fault.Fault);
        var retries = earlier.Count(other => RuleOf(other).Reach == rule.Reach);
        return retries >= rule.Retries ? null : fault.RetryAfter ?? Delay(retries, jitter);
    }

    /// <summary>The delay before a retry where the vendor names none.</summary>
    /// <param name="earlier">How many there were before it.</param>
    /// <param name="jitter">From 0 to 1.</param>
    internal TimeSpan Delay(int earlier, double jitter) =>
        TimeSpan.FromSeconds(Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, earlier), LongestDelay.TotalSeconds) * (0.5 + (0.5 * jitter)));
}
