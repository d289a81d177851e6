namespace Planlane.Models;

/// <summary>When a failed try is made again: a pure decision.</summary>
/// <param name="RateLimited">Retries after 429.</param>
/// <param name="Unavailable">Retries after overload, failures of the server, time-outs and lost connections.</param>
/// <param name="Cut">Replays of an answer that ended before its end.</param>
/// <param name="FirstDelay">The first delay where the vendor names none; doubled with each retry.</param>
/// <param name="LongestDelay">Where the doubling ends. A delay that the vendor names is never shortened.</param>
public sealed record RetryRules(int RateLimited, int Unavailable, int Cut, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    private enum Group
    {
        Never,
        RateLimited,
        Unavailable,
        Cut,
    }

    /// <summary>Eight, four and two retries; delays from one second to half a minute.</summary>
    public static RetryRules Default { get; } = new(8, 4, 2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>How long to wait before the next try, or null when there is to be none.</summary>
    /// <param name="fault">Why the last try failed.</param>
    /// <param name="earlier">Why the tries before it failed; each group of faults is counted alone.</param>
    /// <param name="jitter">From 0 to 1; spreads callers over the second half of a delay that the vendor did not name.</param>
    public TimeSpan? DelayBefore(ModelException fault, IEnumerable<ModelFault> earlier, double jitter)
    {
        var group = GroupOf(fault.Fault);
        var retries = earlier.Count(other => GroupOf(other) == group);
        if (retries >= LimitOf(group))
            return null;
        var full = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, retries), LongestDelay.TotalSeconds);
        return fault.RetryAfter ?? TimeSpan.FromSeconds(full * (0.5 + (0.5 * jitter)));
    }

    private int LimitOf(Group group) => group switch
    {
        Group.RateLimited => RateLimited,
        Group.Unavailable => Unavailable,
        Group.Cut => Cut,
        _ => 0,
    };

    private static Group GroupOf(ModelFault fault) => fault switch
    {
        ModelFault.RateLimited => Group.RateLimited,
        ModelFault.Overloaded or ModelFault.ServerError or ModelFault.Timeout or ModelFault.Network => Group.Unavailable,
        ModelFault.CutStream => Group.Cut,
        _ => Group.Never,
    };
}
