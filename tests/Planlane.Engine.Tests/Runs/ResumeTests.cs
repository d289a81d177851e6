using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Planlane.Budgets;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Testing;
using Planlane.Values;
using TempRepository = Planlane.Testing.TempRepository;

namespace Planlane.Runs;

public sealed class ResumeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_CutBetweenAnyTwoKindsOfEvents_ReachesTheIdenticalEndStateAndPaysNothingTwice()
    {
        using var start = Script.Repository();
        using var whole = start.Copy();
        var end = await new RunHarness(whole, new ScriptedModel(Answer), new FakeTimeProvider(Noon)).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Equal(RunOutcome.Completed, end.End?.Outcome);
        var journal = new RunFolders(Path.Combine(whole.Folder, ".git")).JournalOf(end.Id);
        var lines = await File.ReadAllLinesAsync(journal, Token);
        Assert.InRange(lines.Length, 30, 80);

        // The second cut between the same two kinds would show nothing new: agents differ in their names.
        string KindOf(int line) => JsonNode.Parse(lines[line])!["event"]!["type"]!.GetValue<string>();
        var cuts = Enumerable.Range(1, lines.Length - 1).DistinctBy(kept => (KindOf(kept - 1), KindOf(kept))).ToList();
        Assert.InRange(cuts.Count, 15, lines.Length - 2);
        foreach (var kept in cuts)
        {
            using var cut = start.Copy();
            CopyObjects(whole, cut);
            var path = new RunFolders(Path.Combine(cut.Folder, ".git")).JournalOf(end.Id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // The kill came in the middle of the next line.
            await File.WriteAllTextAsync(path, string.Join('\n', lines[..kept]) + "\n" + lines[kept][..(lines[kept].Length / 2)], Token);
            var before = (await JsonLinesJournal.ReadAsync(path, Token)).Aggregate(RunState.Empty, (state, recorded) => state.Apply(recorded));
            var model = new ScriptedModel(Answer);

            var resumed = before.End is null ? await new RunHarness(cut, model, new FakeTimeProvider(Noon)).ResumeAsync(end.Id, cancellationToken: Token) : before;

            Assert.True(Comparable(end) == Comparable(resumed), $"cut after line {kept}: {lines[kept - 1]}\n{Comparable(end)}\n{Comparable(resumed)}");
            Assert.Equal(end.Calls.Count - before.Calls.Count, model.Calls);
        }
    }

    [Fact]
    public async Task Resume_KilledBetweenLandingAndItsRecord_FindsTheCommitsAgain()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Answer), new FakeTimeProvider(Noon));
        var end = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var journal = new RunFolders(Path.Combine(repository.Folder, ".git")).JournalOf(end.Id);
        var lines = await File.ReadAllLinesAsync(journal, Token);
        var landed = Array.FindIndex(lines, line => line.Contains("\"changes.landed\"", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(journal, lines[..landed], Token);
        var head = repository.Git("rev-parse", "HEAD");

        var resumed = await harness.ResumeAsync(end.Id, cancellationToken: Token);

        Assert.Equal(end.Receipt, resumed.Receipt);
        Assert.Equal(head, repository.Git("rev-parse", "HEAD"));
    }

    [Fact]
    public async Task Start_EarlierRunWasKilledBeforeItTidied_RemovesWhatThatRunLeftAndNothingElse()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var ended = await harness.RunAsync(Script.Request, cancellationToken: Token);
        string Ref(RunId run, string name) => $"refs/planlane/{run}/{name}";
        repository.Git("update-ref", Ref(ended.Id, "work"), "HEAD");
        repository.Git("update-ref", Ref(new("0ddba1"), "work"), "HEAD");

        var second = await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => null }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunWait.PlanDecision, second.Waiting);
        Assert.Equal($"{Ref(new("0ddba1"), "work")}\n{Ref(second.Id, "base")}\n{Ref(second.Id, "start")}", repository.Git("for-each-ref", "--format=%(refname)", "refs/planlane"));
    }

    [Fact]
    public async Task Resume_AnotherProcessWorksOnTheRun_IsRefusedAndTheJournalStaysWhole()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var service = await harness.OpenAsync(Token);
        await using var open = await service.StartAsync(Requests.RequestText.Parse(Script.Request), RunHarness.Settings, null, Token);
        await foreach (var update in open.Updates.ReadAllAsync(Token))
            if (update.State.Waiting is RunWait.PlanDecision)
                break;

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.ResumeAsync(open.State.Id, null, Token));

        Assert.StartsWith($"Another planlane process works on this run: process {Environment.ProcessId} on {Environment.MachineName}, since ", fault.Message);
        Assert.Equal(RunWait.PlanDecision, (await service.LoadAsync(open.State.Id, Token)).Waiting);
    }

    [Fact]
    public async Task List_OneJournalIsDamaged_TheOthersAreThere()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var end = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var damaged = new RunFolders(Path.Combine(repository.Folder, ".git")).JournalOf(new("ffffff"));
        Directory.CreateDirectory(Path.GetDirectoryName(damaged)!);
        await File.WriteAllTextAsync(damaged, "{\"sequence\":1,\"a{\"sequence\":2}\n", Token);
        var service = await harness.OpenAsync(Token);

        Assert.Equal([end.Id], (await service.ListAsync(Token)).Select(state => state.Id));
        Assert.Contains("Line 1 of the run's journal is damaged", (await Assert.ThrowsAsync<PlanlaneException>(() => service.LoadAsync(new("ffffff"), Token))).Message);
    }

    private static ScriptedAnswer Answer(ScriptedRequest request) => request switch
    {
        { Task: null } => ScriptedAnswer.Says(Script.Plan("grep -q louder src/greeter.txt || { echo 'src/greeter.txt:1: error: too quiet'; exit 1; }")),
        { Task: "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "README.md" } }),
        { Task: "greeter", Turns: 2 } => Script.Written("src/greeter.txt", "greeter", "louder\n"),
        _ => Script.Answer(request),
    };

    // What a resumed run may differ in: how many events it took, and what clocks say.
    private static RunState Comparable(RunState state) => state with
    {
        Sequence = 0,
        Seconds = 0,
        HumanSeconds = 0,
        StoppedSeconds = 0,
        Running = [],
        WarmModels = [],
        Calls = state.Calls.Select(Timeless).OrderBy(call => call.Agent?.Value, StringComparer.Ordinal).ToValueList(),
        Work = Timeless(state.Work),
        ApprovedChanges = null,
        Tasks = state.Tasks.Select(task => task with { AttemptTimes = [], Turns = task.Turns.Select(turn => turn with { Call = Timeless(turn.Call) }).ToValueList() }).ToValueList(),
    };

    private static ModelCall Timeless(ModelCall call) => call with { Seconds = 0, FirstByteSeconds = 0 };

    private static Reviews.CombinedWork? Timeless(Reviews.CombinedWork? work) => work is null ? null : work with
    {
        Checks = work.Checks.Select(check => check with { Seconds = 0 }).ToValueList(),
    };

    private static void CopyObjects(TempRepository from, TempRepository to)
    {
        var source = Path.Combine(from.Folder, ".git", "objects");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to.Folder, ".git", "objects", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!File.Exists(target))
                File.Copy(file, target);
        }
    }
}
