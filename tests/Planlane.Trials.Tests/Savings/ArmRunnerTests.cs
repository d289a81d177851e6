using Planlane.Simulator.Faults;

namespace Planlane.Trials.Savings;

/// <summary>Whole trials. One after another and beside no other test, as a virtual clock looks at its whole process.</summary>
[Collection(nameof(Alone))]
public sealed class ArmRunnerTests : IDisposable
{
    private static readonly Assumptions Perfect = Assumptions.Current with
    {
        SmallModel = Imperfection.None,
        LargeModel = Imperfection.None,
        StuckRate = 0,
        SlipSmallRate = 0,
        SlipLargeRate = 0,
        ServiceFaults = [],
    };

    private readonly DirectoryInfo _checks = Directory.CreateTempSubdirectory("planlane-checks-");

    [Theory]
    [InlineData(Arms.Alone, "one-file-bug", 10)]
    [InlineData(Arms.Tuned, "one-file-bug", 6)]
    [InlineData(Arms.Alone, "cohesive-module", 22)]
    [InlineData(Arms.Tuned, "cohesive-module", 8)]
    public async Task RunAsync_OneAgentAloneWithoutMistakes_TakesTheTurnsOfTheReference(string arm, string scenario, int turns)
    {
        SkipElsewhere();

        var figures = await RunAsync(Perfect, new(scenario, arm, "seed", 1));

        Assert.Equal((TrialFigures.Done, true, turns), (figures.Outcome, figures.IsWhole, figures.Requests));
        Assert.True(figures.CacheShare > 0.5, $"{figures.CacheShare}");
        Assert.Equal(figures.Seconds, figures.Time.Values.Sum(), 6);
    }

    [Fact]
    public async Task RunAsync_CommandsAlone_LetReadingAndWritingTakeNoTime()
    {
        SkipElsewhere();

        var (every, commands) = (await RunAsync(Perfect, new("cohesive-module", Arms.Tuned, "seed", 1)), await RunAsync(Perfect, new("cohesive-module", Arms.Tuned, "commands", 1)));

        Assert.Equal((every.Requests, every.Usd), (commands.Requests, commands.Usd));
        // One build of some 9.5 s instead of 24 s in each of eight turns.
        Assert.InRange(commands.Time[Terms.Tools], 2, 40);
        Assert.InRange(every.Time[Terms.Tools], 80, 400);
    }

    [Fact]
    public async Task RunAsync_WorkThatDoesNotDivide_IsDeclinedAndSaysWhatTheNoCost()
    {
        SkipElsewhere();

        var figures = await RunAsync(Assumptions.Current, new("one-file-bug", Arms.Planlane, "seed", 1));

        Assert.Equal((TrialFigures.Declined, false), (figures.Outcome, figures.IsWhole));
        Assert.InRange(figures.Usd, 0, 0.02m);
    }

    public void Dispose() => _checks.Delete(recursive: true);

    private Task<TrialFigures> RunAsync(Assumptions assumptions, SavingsTrial trial) => new ArmRunner(assumptions, new CheckRecords(_checks.FullName)).RunAsync(trial, TestContext.Current.CancellationToken);

    private static void SkipElsewhere() => Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "Virtual time needs Linux, and the checks of these scenarios need python3.");

    /// <summary>What runs beside nothing else.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
