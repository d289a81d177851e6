using System.Text.Json;
using Planlane.Budgets;
using Planlane.Cli.Bench;
using Planlane.Journal;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Summary;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.Bench;

public sealed class ComparisonViewTests
{
    private static readonly RunSettings Divided = new(SampleRun.Sonnet, SampleRun.Haiku);

    [Fact]
    public void ComparisonView_Price_SaysBothTheCapAndThatNothingLands() => Snapshot.Match(Screens.Fancy(screen => ComparisonView.Price(screen, Of(3))));

    [Fact]
    public void ComparisonView_OneOfEach_SaysThatItIsOneSample() => Snapshot.Match(Screens.Fancy(screen => ComparisonView.Result(screen, Of(1), One, new Cost(0.46m))));

    [Fact]
    public void ComparisonView_ThreeOfEach_ShowsMediansWithLowestAndHighest() => Snapshot.Match(Screens.Fancy(screen => ComparisonView.Result(screen, Of(3), Three, new Cost(1.51m))));

    [Fact]
    public void ComparisonView_Plain_SaysEverythingInWords() => Snapshot.Match(Screens.Plain(screen =>
    {
        ComparisonView.Price(screen, Of(3) with { Divided = Divided with { Scripted = true } });
        ComparisonView.Result(screen, Of(3) with { Divided = Divided with { Scripted = true } }, Three, new Cost(1.51m));
    }));

    [Fact]
    public void ComparisonView_DeclinedOrStopped_SaysWhatItCostAndHowToGoOn() => Snapshot.Match(Screens.Fancy(screen =>
    {
        ComparisonView.Result(screen, Of(1), [(new(1, Arm.Planlane, new("a1")), Worked("a1", 40, 0.02m) with { End = SampleEnd.Declined, Reason = "All of it is one file." })], new Cost(0.02m));
        ComparisonView.Unfinished(screen, Of(3), [.. Three.Take(2)], new Cost(0.46m), isKept: true, isAtCap: true);
        ComparisonView.Unfinished(screen, Of(3), [.. Three.Take(2)], new Cost(0.46m), isKept: true, isAtCap: false);
    }));

    [Fact]
    public void ComparisonView_EightyColumns_FitsEveryLine() => Assert.All(
        Screens.Fancy(screen => ComparisonView.Result(screen, Of(3), Three, new Cost(1.51m)), 80).Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void Comparison_Written_IsReadBackByTheBeginningOfItsName()
    {
        var folder = Directory.CreateTempSubdirectory("planlane-bench-");
        try
        {
            var comparison = Of(3) with { Runs = [new(1, Arm.Planlane, new("a1")), new(1, Arm.Alone, new("b2"))] };
            comparison.Write(folder.FullName);

            Assert.Equal(comparison, Comparison.Read(folder.FullName, "3f"));
            Assert.Equal([$"{comparison.Id}.json"], Directory.GetFiles(folder.FullName).Select(Path.GetFileName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Comparison_Order_AlternatesWhoGoesFirst() =>
        Assert.Equal([(1, Arm.Planlane), (1, Arm.Alone), (2, Arm.Alone), (2, Arm.Planlane), (3, Arm.Planlane), (3, Arm.Alone)], Of(3).Order);

    [Fact]
    public void ComparisonJson_Result_HasEachFigureOfBothAndWhatIsSaved()
    {
        var json = JsonSerializer.SerializeToElement(ComparisonJson.Result(Of(1), One, new Cost(0.46m), 0, null), EventJson.Options);

        var seconds = json.GetProperty("figures").EnumerateArray().First(figure => figure.GetProperty("name").GetString() == "seconds");
        Assert.Equal((100, 400, 0.75), (seconds.GetProperty("planlane").GetProperty("median").GetDouble(), seconds.GetProperty("alone").GetProperty("median").GetDouble(), seconds.GetProperty("saved").GetDouble()));
        Assert.Equal(["seconds", "usd", "fresh", "processed", "requests", "cacheShare", "files"], json.GetProperty("figures").EnumerateArray().Select(figure => figure.GetProperty("name").GetString()));
    }

    private static IReadOnlyList<(ComparedRun Place, RunSample Sample)> One =>
    [
        (new(1, Arm.Planlane, new("a1b2c3")), Worked("a1b2c3", 100, 0.13m)),
        (new(1, Arm.Alone, new("d4e5f6")), Worked("d4e5f6", 400, 0.33m) with { Usage = new Usage(2_000, 9_700, 380_000, 18_000), Requests = 34, Agents = 1, ChecksPassed = 1, Tests = new TestCounts(14, 1, 0) }),
    ];

    private static IReadOnlyList<(ComparedRun Place, RunSample Sample)> Three =>
    [
        .. One,
        (new(2, Arm.Alone, new("a2")), Worked("a2", 380, 0.31m)),
        (new(2, Arm.Planlane, new("b2")), Worked("b2", 90, 0.12m)),
        (new(3, Arm.Planlane, new("c3")), Worked("c3", 170, 0.21m)),
        (new(3, Arm.Alone, new("d3")), Worked("d3", 610, 0.41m) with { Tests = null }),
    ];

    private static RunSample Worked(string run, double seconds, decimal usd) =>
        new(new RunId(run), SampleEnd.Worked, seconds, new Cost(usd), new Usage(4_000, 12_000, 52_000, 9_000), 11, 5, 8, 2, 2, new TestCounts(15, 0, 0));

    private static Comparison Of(int times) => new(
        "3f2a1c",
        new("Implement user authentication with JWT, password hashing, and tests", [], []),
        Divided,
        new(SampleRun.Sonnet, SampleRun.Sonnet, Mode: RunMode.Single),
        times,
        new Cost(4),
        new RequestEstimate(3, Work(0.1, 0.32, 2, 6), Work(0.19, 0.7, 3, 8)),
        []);

    private static EstimatedWork Work(double usd, double highUsd, double minutes, double highMinutes) => new(new Spread(usd, highUsd), new Spread(minutes, highMinutes), new Spread(20_000, 60_000), new Spread(50_000, 150_000));
}
