using Planlane.Values;

namespace Planlane.Planning;

/// <summary>What a quantity is likely to become; the member that holds it names the unit.</summary>
/// <param name="Median">It will be less as often as more.</param>
/// <param name="High">It will be less in 95 of 100 cases; at least the median.</param>
public readonly record struct Spread(double Median, double High)
{
    private const double HighShare = 0.95;

    /// <summary>The standard normal deviate below which 95 of 100 values lie.</summary>
    internal const double HighDeviate = 1.645;

    /// <summary>The 50th and the 95th percentile of values by nearest rank; nothing for none.</summary>
    /// <param name="values">In any order; left as they are.</param>
    public static Spread Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? default : new Spread(AtRank(sorted, 0.5), AtRank(sorted, HighShare));
    }

    /// <summary>The spread of each value times a factor of at least 0.</summary>
    internal Spread Times(double factor) => new(Median * factor, High * factor);

    /// <summary>The spread where neither value is above the other spread's.</summary>
    internal Spread AtMost(Spread most) => new(Math.Min(Median, most.Median), Math.Min(High, most.High));

    /// <summary>The sum of what is known and what is estimated.</summary>
    internal Spread Plus(double known) => new(Median + known, High + known);

    private static double AtRank(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}

/// <summary>What some work is expected to cost and take.</summary>
/// <param name="Usd">US dollars.</param>
/// <param name="Minutes">Minutes, without waiting for a human.</param>
/// <param name="FreshTokens">Tokens that are processed anew: all but cache reads.</param>
/// <param name="ProcessedTokens">All tokens, cache reads included.</param>
public sealed record EstimatedWork(Spread Usd, Spread Minutes, Spread FreshTokens, Spread ProcessedTokens);

/// <summary>What one task of a plan is expected to cost and take, its repairs included.</summary>
/// <param name="Task">The task.</param>
/// <param name="OutputTokens">What its agent writes, in tokens.</param>
/// <param name="Work">The rest.</param>
public sealed record EstimatedTask(TaskId Task, Spread OutputTokens, EstimatedWork Work);
