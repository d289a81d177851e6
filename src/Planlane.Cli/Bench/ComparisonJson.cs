using Planlane.Budgets;
using Planlane.Summary;

namespace Planlane.Cli.Bench;

/// <summary>A comparison as JSON.</summary>
internal static class ComparisonJson
{
    /// <summary>The line that says what is compared and what it is expected to cost.</summary>
    public static object Price(Comparison comparison) => new
    {
        Type = "bench",
        Bench = comparison.Id,
        comparison.Request,
        comparison.Times,
        comparison.Cap,
        Scripted = comparison.IsScripted,
        Planner = comparison.Divided.Planner.Id,
        Agent = comparison.Divided.Agent.Id,
        Alone = comparison.Alone.Agent.Id,
        comparison.Price,
    };

    /// <summary>The line of a run that has ended.</summary>
    public static object Sample(ComparedRun place, RunSample sample) => new
    {
        Type = "sample",
        place.Time,
        place.Arm,
        sample.Run,
        sample.End,
        sample.Reason,
        sample.Seconds,
        sample.Cost,
        sample.Usage,
        Fresh = sample.Usage.Fresh,
        Processed = sample.Usage.Total,
        sample.Requests,
        sample.CacheShare,
        sample.Agents,
        sample.Files,
        sample.ChecksPassed,
        sample.Checks,
        sample.Tests,
    };

    /// <summary>The last line: each figure of both, and the share that is saved by the medians.</summary>
    public static object Result(Comparison comparison, IReadOnlyList<(ComparedRun Place, RunSample Sample)> samples, Cost spent, int exitCode, string? reason)
    {
        var (divided, alone) = (ComparisonTable.FiguresOf(samples, Arm.Planlane), ComparisonTable.FiguresOf(samples, Arm.Alone));
        return new
        {
            Type = "result",
            ExitCode = exitCode,
            Bench = comparison.Id,
            Reason = reason,
            Spent = spent,
            Next = ComparisonView.NextOf(comparison, samples),
            Samples = new { Planlane = divided.Samples.Count, Alone = alone.Samples.Count },
            Passed = new { Planlane = divided.Passed, Alone = alone.Passed },
            Figures = ComparisonTable.Quantities.Select(quantity => new
            {
                quantity.Name,
                Planlane = divided.Of(quantity.Of),
                Alone = alone.Of(quantity.Of),
                Saved = quantity.IsSaved ? divided.SavedAgainst(alone, quantity.Of) : null,
            }),
        };
    }
}
