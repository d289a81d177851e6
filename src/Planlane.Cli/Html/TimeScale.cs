namespace Planlane.Cli.Html;

/// <summary>Places moments of a run on a line. Long waits are drawn short, so that a night between two days does not press all work together.</summary>
internal sealed class TimeScale
{
    // A wait is drawn short when it takes more than this part of the time of work, and then as this part of the line.
    private const double ShortFrom = 0.12;
    private const double ShortWidth = 0.05;

    private readonly List<(double Start, double End, double Left, double Right)> _pieces = [];

    /// <param name="seconds">The length of the run.</param>
    /// <param name="waits">The times in which nothing was done; apart from one another, by start.</param>
    /// <param name="width">The length of the line.</param>
    public TimeScale(double seconds, IReadOnlyList<(double Start, double End)> waits, double width)
    {
        var work = seconds - waits.Sum(wait => wait.End - wait.Start);
        Shortened = [.. waits.Where(wait => wait.End - wait.Start > ShortFrom * Math.Max(work, 1))];
        var drawn = seconds - Shortened.Sum(wait => wait.End - wait.Start);
        var unit = width * (1 - (ShortWidth * Math.Min(Shortened.Count, 10))) / Math.Max(drawn, 0.001);
        var gap = width * ShortWidth * Math.Min(Shortened.Count, 10) / Math.Max(1, Shortened.Count);
        var (at, left) = (0.0, 0.0);
        foreach (var (start, end) in Shortened)
        {
            Add(start, unit * (start - at));
            Add(end, gap);
        }

        Add(seconds, unit * (seconds - at));

        void Add(double end, double length)
        {
            _pieces.Add((at, end, left, left + length));
            (at, left) = (end, left + length);
        }
    }

    /// <summary>The waits that are drawn short.</summary>
    public IReadOnlyList<(double Start, double End)> Shortened { get; }

    /// <summary>Where a moment is.</summary>
    public double Of(double moment)
    {
        foreach (var (start, end, left, right) in _pieces)
            if (moment <= end)
                return end <= start ? left : left + ((right - left) * Math.Clamp((moment - start) / (end - start), 0, 1));
        return _pieces[^1].Right;
    }

    /// <summary>Round moments to be marked, about eight, none within a wait that is drawn short.</summary>
    public IEnumerable<double> Marks()
    {
        var last = _pieces[^1].End;
        var drawn = last - Shortened.Sum(wait => wait.End - wait.Start);
        var step = Steps.FirstOrDefault(step => drawn / step <= 9, 86_400);
        for (var moment = 0.0; moment <= last; moment += step)
            if (!Shortened.Any(wait => moment > wait.Start && moment < wait.End))
                yield return moment;
            else
                moment = Math.Floor(Shortened.First(wait => moment > wait.Start && moment < wait.End).End / step) * step;
    }

    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600];
}
