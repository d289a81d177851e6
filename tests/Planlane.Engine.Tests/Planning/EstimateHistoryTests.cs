using Planlane.Approval;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Runs;
using Planlane.Summary;
using Planlane.Testing;

namespace Planlane.Planning;

public sealed class EstimateHistoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AfterOneThatCompleted_IsEstimatedFromIt()
    {
        using var repository = Script.Repository();
        var first = await RunAsync(repository);
        Clear(repository);

        var second = await RunAsync(repository);

        Assert.Equal((0, 1), (first.Estimate!.Basis.Runs, second.Estimate!.Basis.Runs));
        // Every agent of the script writes 100 tokens, as planned, and no call of finish on top of it.
        Assert.InRange(second.Estimate.Basis.OutputTokens.Factor, 0.7, 0.95);
        Assert.True(second.Estimate.Tasks[0].OutputTokens.Median < first.Estimate.Tasks[0].OutputTokens.Median, $"{first.Estimate} {second.Estimate}");
        Assert.Equal(new Outcome(second.Estimate.Tasks[0].OutputTokens.Median, second.Estimate.Tasks[0].OutputTokens.High, 100), EstimateOutcome.Of(second)!.Tasks[0].OutputTokens);
    }

    [Fact]
    public async Task Run_HistoryMissingOrDamaged_IsMadeAnewFromTheJournals()
    {
        using var repository = Script.Repository();
        var (first, file) = (await RunAsync(repository), FoldersOf(repository).Lessons);
        var written = await File.ReadAllTextAsync(file, Token);

        File.Delete(file);
        var missing = await new EstimateHistory(FoldersOf(repository)).ExperienceAsync(first.Settings, Token);
        var rebuilt = await File.ReadAllTextAsync(file, Token);
        await File.WriteAllTextAsync(file, "{\"run\":\"cut o", Token);
        var damaged = await new EstimateHistory(FoldersOf(repository)).ExperienceAsync(first.Settings, Token);

        Assert.Equal((1, written), (missing.Runs, rebuilt));
        Assert.Equal((missing, written), (damaged, await File.ReadAllTextAsync(file, Token)));
    }

    [Fact]
    public async Task Run_HistoryIsDeletedBeforeItIsResumed_KeepsItsEstimate()
    {
        using var repository = Script.Repository();
        await RunAsync(repository);
        Clear(repository);
        var waiting = await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => null }.RunAsync(Script.Request, cancellationToken: Token);
        Directory.Delete(Path.GetDirectoryName(FoldersOf(repository).JournalOf((await ListAsync(repository)).Single(run => run.End is not null).Id))!, recursive: true);
        File.Delete(FoldersOf(repository).Lessons);

        var resumed = await new RunHarness(repository, new ScriptedModel(Script.Answer)).ResumeAsync(waiting.Id, cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, 1, waiting.Estimate), (resumed.End?.Outcome, resumed.Estimate!.Basis.Runs, resumed.Estimate));
    }

    [Fact]
    public async Task Run_PlanWasRejected_TeachesNothing()
    {
        using var repository = Script.Repository();
        await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => new PlanDecision.Rejected() }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(0, (await RunAsync(repository)).Estimate!.Basis.Runs);
    }

    [Fact]
    public async Task Run_JournalOfAnEstimateWithoutPercentiles_IsReadAsOneWithoutAnEstimate()
    {
        // Written by the version before estimates had percentiles.
        const string Line = """
            {"sequence":2,"at":"2026-11-20T10:00:01+00:00","event":{"type":"plan.checked","round":1,"plan":null,"problems":[],"estimate":{"low":{"usd":0.0712},"high":{"usd":0.1244},"minutesLow":0.62,"minutesHigh":1.24,"alone":{"turns":26,"usage":{"input":0,"output":9900,"cacheRead":261538,"cacheWrite":17461,"cacheWriteLong":0,"totalInput":278999,"fresh":27361,"total":288899},"cost":{"usd":0.29244015},"seconds":203.9}}}}
            """;
        using var repository = Script.Repository();
        var waiting = await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => null }.RunAsync(Script.Request, cancellationToken: Token);
        var old = (PlanChecked)EventJson.Read(System.Text.Encoding.UTF8.GetBytes(Line)).Event;

        var state = (await JournalAsync(repository, waiting)).Aggregate(
            RunState.Empty,
            (now, recorded) => now.Apply(recorded.Event is PlanChecked read ? recorded with { Event = read with { Estimate = old.Estimate } } : recorded));

        Assert.NotNull(old.Estimate);
        Assert.Equal((null, null), (state.Estimate, RunSummary.From(state).Estimate));
        Assert.Equal((waiting.Plan, RunWait.PlanDecision), (state.Plan, state.Waiting));
    }

    private static Task<RunState> RunAsync(TempRepository repository) =>
        new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

    // So that the same plan can be run again.
    private static void Clear(TempRepository repository) => repository.Git("reset", "-q", "--hard", "HEAD~4");

    private static RunFolders FoldersOf(TempRepository repository) => new(Path.Combine(repository.Folder, ".git"));

    private static async Task<IReadOnlyList<RunState>> ListAsync(TempRepository repository) =>
        await (await new RunHarness(repository, new ScriptedModel(Script.Answer)).OpenAsync(Token)).ListAsync(Token);

    private static Task<IReadOnlyList<RecordedEvent>> JournalAsync(TempRepository repository, RunState state) =>
        JsonLinesJournal.ReadAsync(FoldersOf(repository).JournalOf(state.Id), Token);
}
