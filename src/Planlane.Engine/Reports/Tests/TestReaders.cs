using Planlane.Workspaces;

namespace Planlane.Reports.Tests;

/// <summary>Reads the results of tests from result files and, where there are none, from the words of the common runners.</summary>
public static class TestReaders
{
    // The first that knows its closing line is believed, so that nothing is counted twice; the more peculiar a line, the earlier.
    private static readonly ITestReader[] Runners =
    [
        new TestingPlatformReader(), new VsTestReader(), new CargoReader(), new JestReader(), new MavenReader(), new UnittestReader(), new NodeReader(), new TapReader(),
        new GoReader(), new MochaReader(), new WordsReader(), new PytestReader(),
    ];

    /// <summary>What a command's output and its result files say. Files win: words are read only when no file counts a test.</summary>
    /// <param name="output">Both streams, without escape sequences.</param>
    /// <param name="files">The result files that the command wrote.</param>
    /// <param name="interest">Which tests to keep of a long list; null for the first.</param>
    public static TestReading Read(string output, IEnumerable<ResultFile> files, TestInterest? interest = null) =>
        (OfFiles(files) is { Counts.Total: > 0 } read ? read : OfOutput(output)).Kept(interest ?? TestInterest.None);

    private static TestReading OfOutput(string output) => Runners.Select(reader => reader.Read(output)).FirstOrDefault(reading => reading is not null) ?? TestReading.Empty;

    private static TestReading OfFiles(IEnumerable<ResultFile> files)
    {
        // A runner that writes the same results twice, under two names, ran once.
        var texts = files.DistinctBy(file => file.Text).ToList();
        var formats = new List<TestReading>
        {
            Sum(texts.Select(file => TrxReader.Read(file.Text))),
            Sum(JUnitReader.Read(texts.Select(file => file.Text))),
            Sum(texts.Where(file => file.Path.Name.EndsWith(".tap", StringComparison.OrdinalIgnoreCase)).Select(file => new TapReader().Read(file.Text))),
        };
        var kept = new List<TestReading>();
        foreach (var reading in formats.Where(reading => reading.Counts is not null).OrderByDescending(reading => reading.Counts!.Total))
            if (!kept.Any(larger => IsOfTheSameTests(reading, larger)))
                kept.Add(reading);
        return Sum(kept);
    }

    // One run written in two formats: most of its names are known already.
    private static bool IsOfTheSameTests(TestReading reading, TestReading larger)
    {
        var known = larger.Cases.Select(item => TestNames.LastPart(item.Name)).ToHashSet(StringComparer.Ordinal);
        return reading.Cases.Count(item => known.Contains(TestNames.LastPart(item.Name))) * 2 > reading.Cases.Count;
    }

    private static TestReading Sum(IEnumerable<TestReading?> readings) => readings.Where(reading => reading?.Counts is not null)
        .Aggregate(TestReading.Empty, (sum, next) => new TestReading(sum.Counts is { } counts ? counts + next!.Counts! : next!.Counts, sum.Cases.AddRange(next.Cases)));
}
