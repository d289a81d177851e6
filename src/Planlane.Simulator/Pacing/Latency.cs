using Planlane.Simulator.Wire;

namespace Planlane.Simulator.Pacing;

/// <summary>How long an answer takes in real time: seeded, so that the same run waits the same.</summary>
/// <remarks>
/// Time to the first token = base × lognormal(0, 0.42) + prefill; output speed is normal per call. The figures are measurements of
/// the 4.5 models that were public by 2026, the 5.5 models being served alike; rare tails and stalls are left out so that a demonstration is smooth.
/// </remarks>
internal sealed record Latency(TimeSpan FirstToken, double TokensPerSecond)
{
    private const double Sigma = 0.42;
    private const double CachedShare = 0.1;
    private const int CallsAtFullSpeed = 8;
    private const double SlowDown = 0.3;

    /// <summary>Draws the latency of one call.</summary>
    /// <param name="family">The model's family.</param>
    /// <param name="uncached">Input tokens that are processed anew.</param>
    /// <param name="cached">Input tokens read from the cache.</param>
    /// <param name="active">Calls that are being answered, this one included.</param>
    /// <param name="random">The call's own generator.</param>
    public static Latency Draw(ModelFamily family, long uncached, long cached, int active, Random random)
    {
        var (first, prefillMilliseconds, speed, deviation) = family switch
        {
            ModelFamily.Haiku => (0.70, 0.045, 100.0, 15.0),
            ModelFamily.Sonnet => (1.50, 0.09, 63.0, 8.0),
            _ => (2.00, 0.11, 48.0, 7.0),
        };
        var load = 1 + (SlowDown * Math.Max(0, (active / (double)CallsAtFullSpeed) - 1));
        var seconds = (first * Math.Exp(Sigma * Normal(random))) + (prefillMilliseconds / 1000 * (uncached + (cached * CachedShare)));
        return new Latency(TimeSpan.FromSeconds(seconds * load), Math.Max(speed / 2, speed + (deviation * Normal(random))) / load);
    }

    /// <summary>When the given number of output tokens is there, counted from the start of the call.</summary>
    public TimeSpan After(double tokens) => FirstToken + TimeSpan.FromSeconds(tokens / TokensPerSecond);

    // Box and Muller's transform of two uniform numbers.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
