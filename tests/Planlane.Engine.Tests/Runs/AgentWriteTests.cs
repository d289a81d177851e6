using Planlane.Agents;
using Planlane.Approval;
using Planlane.Git;
using Planlane.Hosting;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Testing;
using Planlane.Workspaces;

namespace Planlane.Runs;

public sealed class AgentWriteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The process dies at the very moment at which a turn is to be recorded; each time at the next one.
    [Fact]
    public async Task Write_KilledBetweenStorageAndItsEvent_IsInTheObjectDatabaseUnderARefAndPaidForOnce()
    {
        using var repository = Script.Repository();
        var git = await GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        var snapshot = await git.SnapshotAsync(Token);
        var started = new RunStarted(new("abc123"), RequestText.Parse(Script.Request), new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, []), RunHarness.Settings with { Slots = 1 });
        var model = new ScriptedModel(Script.Answer);
        var journal = new MemoryJournal();
        var stored = new List<string>();
        RunState state;
        do
        {
            journal.OnAppend = events =>
            {
                if (events.Select(recorded => recorded.Event).OfType<TurnActed>().FirstOrDefault(acted => !stored.Contains(acted.TaskId.Value)) is not { } acted)
                    return;
                var anchored = repository.Git("for-each-ref", "--format=%(objectname)", $"refs/planlane/{started.Id}/files").Split('\n');
                Assert.NotEmpty(acted.Changes.Files);
                Assert.All(acted.Changes.Files, file => Assert.Equal("blob", repository.Git("cat-file", "-t", file.Blob!.Value.Value)));
                Assert.All(acted.Changes.Files, file => Assert.Contains(file.Blob!.Value.Value, anchored));
                stored.Add(acted.TaskId.Value);
                throw new PlanlaneException(FaultKind.Failed, "Killed.");
            };
            state = await DriveAsync(git, started, journal, model);
        }
        while (state.End is null);

        Assert.Equal(["docs", "formatter", "greeter"], stored.Order());
        Assert.Equal(RunOutcome.Completed, state.End.Outcome);
        // One of the planner and one of each agent.
        Assert.Equal(4, model.Calls);
    }

    [Fact]
    public async Task Collect_WhileTheRunWaitsWorksAndStandsStill_LosesNothing()
    {
        using var repository = Script.Repository();
        repository.Write("notes.txt", "not committed\n");
        void Collect() => repository.Git("-c", "gc.pruneExpire=now", "gc", "-q", "--prune=now");
        var halted = false;
        var model = new ScriptedModel(request =>
        {
            Collect();
            return request switch
            {
                { Task: "formatter", Turns: 0 } => ScriptedAnswer.Writes("src/formatter.txt", "formatter: first\n"),
                { Task: "docs" } when !halted && (halted = true) => throw new Models.ModelException(Models.ModelFault.Authentication, "The key is wrong."),
                _ => Script.Answer(request),
            };
        });
        var harness = new RunHarness(repository, model)
        {
            OnPlan = _ =>
            {
                Collect();
                return new PlanDecision.Approved();
            },
            OnReview = _ =>
            {
                Collect();
                return new ReviewDecision.Approved([]);
            },
        };

        // One agent at a time: whether a collection falls between a write and its ref must not be left to chance.
        var stopped = await harness.RunAsync(Script.Request, RunHarness.Settings with { Slots = 1 }, cancellationToken: Token);
        Assert.NotNull(stopped.Halt);
        Collect();
        var end = await harness.ResumeAsync(stopped.Id, cancellationToken: Token);

        Assert.True(end.End?.Outcome is RunOutcome.Completed, $"{end.End} {end.Halt}");
        Assert.Equal("formatter: done\n", repository.Read("src/formatter.txt"));
        Assert.Equal("", repository.Git("for-each-ref", "refs/planlane"));
        Assert.Equal("", repository.Git("fsck", "--no-dangling", "--no-progress"));
    }

    // Starts or goes on with the run of a journal, as the service does with a file; a "kill" is a fault of the journal.
    private static async Task<RunState> DriveAsync(GitRepository repository, RunStarted started, MemoryJournal journal, ScriptedModel model)
    {
        await using var engine = new RunEngine(repository, new EngineOptions { Seed = 1, Models = () => model }, new RunFolders(repository.CommonDir), WorkspacePolicy.Default);
        var driver = new RunDriver(journal, engine.Phases, TimeProvider.System);
        var running = driver.RunAsync([journal.Lines.Count == 0 ? started : new RunResumed(null)], Token, Token);
        await foreach (var update in driver.Updates.ReadAllAsync(Token))
            if (update.State is { Waiting: RunWait.PlanDecision } && update.Recorded.Event is PlanChecked)
                _ = driver.Inbox.PostAsync(new PlanDecided(new PlanDecision.Approved(), "user"));
            else if (update.State is { Waiting: RunWait.ReviewDecision } && update.Recorded.Event is WorkCombined)
                _ = driver.Inbox.PostAsync(new ReviewDecided(new ReviewDecision.Approved([]), "user"));
        try
        {
            return await running;
        }
        catch (PlanlaneException)
        {
            return driver.Inbox.State;
        }
    }
}
