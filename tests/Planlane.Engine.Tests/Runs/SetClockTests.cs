using Planlane.Reviews;
using Planlane.Summary;
using Planlane.Testing;

namespace Planlane.Runs;

public sealed class SetClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_ClockIsSetByDaysAllTheTime_GoesOnAndMeasuresWhatReallyPassed(int seed)
    {
        using var repository = Script.Repository();
        var time = new SetClock(new Random(seed));
        var begun = time.GetTimestamp();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer), time) { OnReview = state => state.Sequence > 0 ? null : new ReviewDecision.Approved([]) };

        var waiting = await harness.RunAsync(Script.Request, cancellationToken: Token);
        Assert.Equal(RunWait.ReviewDecision, waiting.Waiting);
        var measured = RunSummary.From(waiting);
        Assert.InRange(measured.Seconds, 0, time.GetElapsedTime(begun).TotalSeconds);
        Assert.InRange(waiting.HumanSeconds, 0, measured.Seconds);
        Assert.All(waiting.Calls, call => Assert.InRange(call.Seconds, 0, measured.Seconds));

        // Between two processes only the clock of the day is there; set back, it takes nothing away.
        var end = await new RunHarness(repository, new ScriptedModel(Script.Answer), time).ResumeAsync(waiting.Id, cancellationToken: Token);
        var summary = RunSummary.From(end);
        Assert.Equal(RunOutcome.Completed, end.End?.Outcome);
        Assert.InRange(summary.WorkSeconds, 0, time.GetElapsedTime(begun).TotalSeconds);
        Assert.True(end.HumanSeconds >= waiting.HumanSeconds && end.StoppedSeconds >= 0, $"{end.HumanSeconds} s of a human, {end.StoppedSeconds} s stopped");
        Assert.True(summary.Seconds >= summary.WorkSeconds, $"{summary.Seconds} s, of that {summary.WorkSeconds} s of work");
    }

    // Each look at the clock of the day finds it set to another day; time itself passes as it does.
    private sealed class SetClock(Random random) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            lock (random)
                return System.GetUtcNow().AddDays(random.Next(-5, 6));
        }
    }
}
