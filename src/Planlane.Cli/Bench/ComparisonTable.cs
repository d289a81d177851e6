using Planlane.Budgets;
using Planlane.Cli.Output;
using Planlane.Summary;
using Planlane.Values;

namespace Planlane.Cli.Bench;

/// <summary>The rows of a comparison.</summary>
internal static class ComparisonTable
{
    /// <summary>The figures that are compared, in their order.</summary>
    public static IReadOnlyList<Quantity> Quantities { get; } =
    [
        new("seconds", "time", sample => sample.Seconds, Figures.Duration, IsSaved: true),
        new("usd", "cost", sample => (double)sample.Cost.Usd, usd => new Cost((decimal)usd).ToString(), IsSaved: true),
        new("fresh", "fresh tokens", sample => sample.Usage.Fresh, Counted, IsSaved: true),
        new("processed", "processed tokens", sample => sample.Usage.Total, Counted, IsSaved: true),
        new("requests", "requests", sample => sample.Requests, Counted, IsSaved: false),
        new("cacheShare", "input from the cache", sample => sample.CacheShare, Figures.Percent, IsSaved: false),
        new("files", "files changed", sample => sample.Files, Counted, IsSaved: false),
    ];

    /// <summary>The heads of the columns.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["", "Planlane", "one agent alone", "saved"];

    /// <summary>All rows, each with as many cells as there are heads.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples, Glyphs glyphs)
    {
        var (divided, alone) = (FiguresOf(samples, Arm.Planlane), FiguresOf(samples, Arm.Alone));
        return
        [
            .. Quantities.Select(quantity => new[] { quantity.Words, Cell(quantity, divided, glyphs), Cell(quantity, alone, glyphs), quantity.IsSaved ? Saved(divided.SavedAgainst(alone, quantity.Of)) : "" }),
            ["checks passed", Checks(divided), Checks(alone), ""],
            ["tests passed", Tests(divided), Tests(alone), ""],
        ];
    }

    /// <summary>The figures of one way of working.</summary>
    public static SampleFigures FiguresOf(IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples, Arm arm) =>
        new(samples.Where(sample => sample.Place.Arm == arm).OrderBy(sample => sample.Place.Time).Select(sample => sample.Sample).ToValueList());

    private static string Cell(Quantity quantity, SampleFigures figures, Glyphs glyphs) => figures.Of(quantity.Of) switch
    {
        null => figures.Samples.Count == 0 ? "not run" : "no work",
        { } range when range.Low == range.High => quantity.Show(range.Median),
        { } range => $"{quantity.Show(range.Median)} ({quantity.Show(range.Low)}{glyphs.Range}{quantity.Show(range.High)})",
    };

    private static string Saved(double? share) => share is { } saved ? Figures.Percent(saved) : "";

    // Of one run its own checks; of several how many runs passed all of theirs.
    private static string Checks(SampleFigures figures) => figures.Samples switch
    {
        { Count: 0 } => "not run",
        [{ End: SampleEnd.Worked } only] => $"{only.ChecksPassed} of {only.Checks}",
        [_] => "no work",
        _ => $"all in {figures.Passed} of {figures.Samples.Count} runs",
    };

    private static string Tests(SampleFigures figures) => figures.Worked switch
    {
        { Count: 0 } => "",
        [{ Tests: { } tests }] => $"{tests.Passed} of {tests.Total}",
        var worked when worked.Any(sample => sample.Tests is not null) => string.Join(", ", worked.Select(sample => sample.Tests is { } tests ? $"{tests.Passed}/{tests.Total}" : "none counted")),
        _ => "none counted",
    };

    private static string Counted(double count) => Figures.Count((long)count);
}

/// <summary>A figure that is compared.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Words">Its name for people.</param>
/// <param name="Of">Reads it.</param>
/// <param name="Show">Writes it.</param>
/// <param name="IsSaved">Whether less of it is better, so that a share is saved.</param>
internal sealed record Quantity(string Name, string Words, Func<RunSample, double> Of, Func<double, string> Show, bool IsSaved);
