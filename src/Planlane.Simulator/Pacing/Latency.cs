using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Pacing;

/// <summary>How long one answer takes in real time: drawn from a profile with the call's own generator, so that the same run waits the same.</summary>
/// <param name="FirstToken">Until the first token.</param>
/// <param name="TokensPerSecond">The output speed.</param>
/// <param name="Stall">A pause in the middle; mostly zero.</param>
internal sealed record Latency(TimeSpan FirstToken, double TokensPerSecond, TimeSpan Stall)
{
    /// <summary>Draws the latency of one call.</summary>
    /// <param name="profile">The figures.</param>
    /// <param name="family">The model's family.</param>
    /// <param name="uncached">Input tokens that are processed anew.</param>
    /// <param name="cached">Input tokens read from the cache.</param>
    /// <param name="active">Calls that are being answered, this one included.</param>
    /// <param name="random">The call's own generator.</param>
    public static Latency Draw(LatencyProfile profile, ModelFamily family, long uncached, long cached, int active, Random random)
    {
        var speed = profile.Families[family.ToString().ToLowerInvariant()];
        var load = 1 + (profile.SlowDown * Math.Max(0, (active / (double)profile.FullSpeedCalls) - 1));
        var seconds = (speed.FirstTokenSeconds * Math.Exp(profile.Sigma * Normal(random))) + (speed.PrefillMilliseconds / 1000 * (uncached + (cached * profile.CachedShare)));
        var rate = Math.Max(speed.TokensPerSecond / 2, speed.TokensPerSecond + (speed.Deviation * Normal(random))) / load;
        // From a generator of their own, so that a profile without them draws the same otherwise.
        var rare = new Random(random.Next());
        var tail = rare.NextDouble() < profile.TailRate ? profile.TailLeast + ((profile.TailMost - profile.TailLeast) * rare.NextDouble()) : 1;
        var stall = rare.NextDouble() < profile.StallRate ? TimeSpan.FromSeconds(profile.StallSeconds) : TimeSpan.Zero;
        return new Latency(TimeSpan.FromSeconds(seconds * load * tail), rate, stall);
    }

    /// <summary>When the given number of output tokens is there, counted from the start of the call.</summary>
    public TimeSpan After(double tokens) => FirstToken + TimeSpan.FromSeconds(tokens / TokensPerSecond);

    // Box and Muller's transform of two uniform numbers.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
