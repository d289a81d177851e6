using Planlane.Values;

namespace Planlane.Summary;

/// <summary>One quantity over several samples.</summary>
/// <param name="Low">The least.</param>
/// <param name="Median">The median by nearest rank.</param>
/// <param name="High">The most.</param>
public readonly record struct SampleRange(double Low, double Median, double High);

/// <summary>The samples of one way of working, as figures. Declined and failed ones are counted, and their cost is in no other figure, as they did not do the work.</summary>
/// <param name="Samples">All samples.</param>
public sealed record SampleFigures(ValueList<RunSample> Samples)
{
    /// <summary>The samples that ended with work.</summary>
    public ValueList<RunSample> Worked => Samples.Where(sample => sample.End is SampleEnd.Worked).ToValueList();

    /// <summary>The samples of which every check passed.</summary>
    public int Passed => Worked.Count(sample => sample.ChecksPassed == sample.Checks);

    /// <summary>A quantity of the samples that ended with work; null when there are none.</summary>
    public SampleRange? Of(Func<RunSample, double> quantity)
    {
        var values = Worked.Select(quantity).Order().ToList();
        return values.Count == 0 ? null : new SampleRange(values[0], values[(values.Count + 1) / 2 - 1], values[^1]);
    }

    /// <summary>The share of a quantity that these save against others, by the medians: below 0 when they need more, null when one side has no work or nothing of it.</summary>
    public double? SavedAgainst(SampleFigures others, Func<RunSample, double> quantity) =>
        Of(quantity) is { } mine && others.Of(quantity) is { Median: > 0 } theirs ? 1 - (mine.Median / theirs.Median) : null;
}
