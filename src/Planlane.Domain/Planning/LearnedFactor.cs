namespace Planlane.Planning;

/// <summary>What earlier runs taught of one quantity: by how much the estimate is corrected, and how far runs lay apart.</summary>
/// <remarks>
/// From the ratios r of what became to what the formulas alone had said, n of them: the factor is exp(w × median of ln r) with w = n / (n + 3), so that three runs
/// count half; sigma is 1.4826 × the median distance of ln r from that median, the robust standard deviation. Both are bounded.
/// </remarks>
/// <param name="Runs">How many runs told something of it, at least 0.</param>
/// <param name="Factor">What the median is multiplied with; 0.25 to 4.</param>
/// <param name="Sigma">The spread of the runs, as the sigma of a lognormal; 0 to 1.</param>
public readonly record struct LearnedFactor(int Runs, double Factor, double Sigma)
{
    /// <summary>How many runs count as much as the formulas do.</summary>
    public const int Shrinkage = 3;

    /// <summary>The most that an estimate is raised; its inverse is the most that it is lowered.</summary>
    public const double MaxFactor = 4;

    /// <summary>The widest spread that is learned: the high end is then 5.2 times the median.</summary>
    public const double MaxSigma = 1;

    private const double MedianToSigma = 1.4826;

    /// <summary>Nothing was learned.</summary>
    public static LearnedFactor None { get; } = new(0, 1, 0);

    /// <summary>What ratios teach; those that are no positive number are left out.</summary>
    /// <param name="ratios">What became / what the formulas said, one for each run.</param>
    public static LearnedFactor Of(IEnumerable<double> ratios)
    {
        var logs = ratios.Where(ratio => ratio > 0 && double.IsFinite(ratio)).Select(ratio => Math.Log(ratio)).ToList();
        if (logs.Count == 0)
            return None;
        var middle = MedianOf(logs);
        var factor = Math.Exp(WeightOf(logs.Count) * middle);
        var sigma = MedianToSigma * MedianOf(logs.Select(log => Math.Abs(log - middle)));
        return new LearnedFactor(logs.Count, Math.Clamp(factor, 1 / MaxFactor, MaxFactor), Math.Min(sigma, MaxSigma));
    }

    /// <summary>A spread that is at least as wide as the runs lay apart, as far as they count; it is never narrowed, as a few like runs say little of the next.</summary>
    internal Spread Widened(Spread spread)
    {
        if (spread.Median <= 0)
            return spread;
        var assumed = Math.Log(spread.High / spread.Median) / Spread.HighDeviate;
        return Sigma <= assumed ? spread : spread with { High = spread.Median * Math.Exp(Spread.HighDeviate * (assumed + (WeightOf(Runs) * (Sigma - assumed)))) };
    }

    /// <summary>The median of values, by the mean of the two in the middle when their number is even.</summary>
    internal static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double WeightOf(int runs) => runs / (double)(runs + Shrinkage);
}
