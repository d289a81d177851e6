using Microsoft.Extensions.AI;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Simulator;
using Planlane.Simulator.Scripting;
using Planlane.Testing;
using Planlane.Workspaces;

namespace Planlane.Runs;

public sealed class BadInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_FolderInNoRepository_SaysHowToMakeOne()
    {
        var folder = Directory.CreateTempSubdirectory("planlane-test-");

        var fault = await Assert.ThrowsAnyAsync<PlanlaneException>(() => RunService.OpenAsync(folder.FullName, Options(), Token));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains("git init", fault.Hint);
        folder.Delete();
    }

    [Fact]
    public async Task Start_RepositoryWithoutCommit_IsRefused()
    {
        using var repository = Script.Repository();
        repository.Git("update-ref", "-d", "HEAD");

        await AssertRefused(repository, "no commit", "commit");
    }

    [Theory]
    [InlineData("MERGE_HEAD", "merge")]
    [InlineData("CHERRY_PICK_HEAD", "cherry-pick")]
    [InlineData("REVERT_HEAD", "revert")]
    public async Task Start_OperationInProgress_IsRefusedByItsName(string file, string word)
    {
        using var repository = Script.Repository();
        await File.WriteAllTextAsync(Path.Combine(repository.Folder, ".git", file), repository.Git("rev-parse", "HEAD") + "\n", Token);

        await AssertRefused(repository, word, word);
    }

    [Fact]
    public async Task Start_RebaseInProgress_IsRefused()
    {
        using var repository = Script.Repository();
        Directory.CreateDirectory(Path.Combine(repository.Folder, ".git", "rebase-merge"));

        await AssertRefused(repository, "rebase", "rebase");
    }

    [Fact]
    public async Task Start_EmptyRequest_IsRefusedBeforeAnythingIsMade()
    {
        using var repository = Script.Repository();

        var fault = await Assert.ThrowsAnyAsync<PlanlaneException>(() => new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync("  \n", cancellationToken: Token));

        Assert.Equal((FaultKind.Usage, "The request is empty."), (fault.Kind, fault.Message));
        Assert.False(Directory.Exists(Path.Combine(repository.Folder, ".git", "planlane")));
    }

    [Fact]
    public async Task Run_RequestThatDoesNotDivide_EndsUnsuitableWithTheReason()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(_ => ScriptedAnswer.Says(
            """{"version":1,"suitability":{"orchestrate":false,"reason":"It is one file."},"stages":[],"contracts":[],"tasks":[],"checks":[],"covers":[]}"""));

        var state = await new RunHarness(repository, model).RunAsync("Fix the typo in README.md", RunHarness.Settings with { Mode = RunMode.Auto }, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Unsuitable, "It is one file."), state.End);
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task Run_PlanInvalidAfterTwoRepairs_FailsWithItsProblemAndWasTold()
    {
        using var repository = Script.Repository();
        var said = new List<string>();
        var model = new ScriptedModel(request =>
        {
            said.Add(request.Texts[^1]);
            return ScriptedAnswer.Says(Script.Document(Script.Task("a", "src/contract.txt", []), Script.Task("b", "src/x.txt", [])).Replace("@check", "true"));
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Failed, state.End?.Outcome);
        Assert.Contains("contracts-unowned", state.End?.Reason);
        Assert.Equal(3, model.Calls);
        Assert.Contains("<problems>\ncontracts-unowned: Task 'a' owns the contract 'src/contract.txt'", said[^1]);
    }

    [Fact]
    public async Task Run_PlannerAnswersMalformedJson_IsAskedAgainAndThenGoesOn()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request is { Task: null, Turns: 0 } ? ScriptedAnswer.Says("{\"version\": 1, ") : Script.Answer(request));

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("document-readable", Assert.Single(state.PlanRounds[0].Problems).Rule);
    }

    [Fact]
    public async Task Run_PlannerRefuses_StandsStillAndSaysSo()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(_ => ScriptedAnswer.Says("No.") with { Ending = ChatFinishReason.ContentFilter });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal("The planner's model refused the request.", state.Halt?.Message);
        Assert.NotNull(state.Halt?.Hint);
    }

    [Fact]
    public async Task Run_PlannerIsCutOff_StandsStillAndTheAnswerIsKept()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(_ => ScriptedAnswer.Says(Script.Plan()[..100]) with { Ending = ChatFinishReason.Length });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Contains("cut off", state.Halt?.Message);
        Assert.Single(state.Calls);
    }

    [Fact]
    public async Task Run_AgentRefuses_ItsTaskFailsAndTheOthersGoOn()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request.Task == "greeter" ? ScriptedAnswer.Says("No.") with { Ending = ChatFinishReason.ContentFilter } : Script.Answer(request));

        var state = await new RunHarness(repository, model) { OnReview = _ => null }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal("The model refused the task.", state.Task(new("greeter")).Report?.Reason);
        Assert.Equal([new("formatter")], state.Work!.Included);
    }

    [Fact]
    public async Task Run_AgentIsCutOff_TheHalfCallIsNotRunAndItGoesOn()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request is { Task: "greeter", Turns: 0 }
            ? ScriptedAnswer.Writes("src/greeter.txt", "hal") with { Ending = ChatFinishReason.Length }
            : Script.Answer(request));

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Empty(state.Task(new("greeter")).Turns[0].Results!);
        Assert.Equal("greeter: done\n", repository.Read("src/greeter.txt"));
    }

    [Fact]
    public async Task Run_WrongKey_StandsStillWithTheVariableToCheckAndNoKeyInTheText()
    {
        using var repository = Script.Repository();
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(new ScenarioCatalogue().Open("auth")) { ApiKey = "right-key", Speed = double.PositiveInfinity }, Token);
        using var client = AnthropicModels.Connect(new ModelConnection(server.Address, "wrong-key"), TimeProvider.System);

        var state = await new RunHarness(repository, client).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(FaultKind.Usage, state.Halt?.Kind);
        Assert.Contains("ANTHROPIC_API_KEY", state.Halt?.Hint);
        Assert.DoesNotContain("wrong-key", state.Halt?.Message);
    }

    [Fact]
    public void Connection_NoKey_NamesTheKeyAndTheDemo()
    {
        var fault = Assert.ThrowsAny<PlanlaneException>(() => ModelConnection.FromEnvironment(_ => null));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains("ANTHROPIC_API_KEY", fault.Hint);
        Assert.Contains("planlane demo", fault.Hint);
    }

    [Fact]
    public async Task Journal_DiskFull_RunStopsWithAClearFaultAndTheJournalStaysWhole()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => null };
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var path = new RunFolders(Path.Combine(repository.Folder, ".git")).JournalOf(state.Id);
        var before = await File.ReadAllBytesAsync(path, Token);

        // /dev/full is a disk that is full: every write fails as it would there.
        if (!File.Exists("/dev/full"))
            Assert.Skip("This system has no /dev/full.");
        File.Move(path, path + ".kept");
        File.CreateSymbolicLink(path, "/dev/full");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(async () =>
        {
            await using var journal = JsonLinesJournal.Open(path, TimeProvider.System);
            await journal.AppendAsync([new RecordedEvent(1, default, new RunResumed(null))], Token);
        });
        File.Delete(path);
        File.Move(path + ".kept", path);

        Assert.Equal(FaultKind.Failed, fault.Kind);
        Assert.Contains("Make room", fault.Hint);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(RunOutcome.Completed, (await new RunHarness(repository, new ScriptedModel(Script.Answer)).ResumeAsync(state.Id, cancellationToken: Token)).End?.Outcome);
    }

    [Fact]
    public async Task Driver_JournalCannotBeWritten_NothingMoreIsStarted()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(Script.Answer);
        var git = await Git.GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        await using var engine = new RunEngine(git, Options(model), new RunFolders(git.CommonDir), WorkspacePolicy.Default);
        var snapshot = await Git.Snapshots.SnapshotAsync(git, Token);
        var full = new PlanlaneException(FaultKind.Failed, "The disk is full.");
        await using var journal = new MemoryJournal { OnAppend = events => { if (events.Any(recorded => recorded.Event is Planning.PlanAnswered)) throw full; } };
        var driver = new RunDriver(journal, engine.Phases, TimeProvider.System);
        var started = new RunStarted(new("abc123"), RequestText.Parse(Script.Request), new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, []), RunHarness.Settings);

        Assert.Same(full, await Assert.ThrowsAsync<PlanlaneException>(() => driver.RunAsync([started], CancellationToken.None, Token)));

        Assert.Equal(1, model.Calls);
        Assert.Empty(driver.Inbox.State.PlanRounds);
        Assert.Equal(journal.Lines.Count, driver.Inbox.State.Sequence);
    }

    [Fact]
    public async Task Stop_InMidRun_TakesThePaidAnswerAndResumeGoesOn()
    {
        using var repository = Script.Repository();
        using var asked = new SemaphoreSlim(0);
        using var answer = new SemaphoreSlim(0);
        var model = new ScriptedModel(request =>
        {
            if (request.Task == "greeter")
            {
                asked.Release();
                answer.Wait(Token);
            }

            return Script.Answer(request);
        });
        var service = await new RunHarness(repository, model).OpenAsync(Token);
        await using var run = await service.StartAsync(RequestText.Parse(Script.Request), RunHarness.Settings, null, Token);
        await foreach (var update in run.Updates.ReadAllAsync(Token))
            if (update.State.Waiting is RunWait.PlanDecision)
                break;
        await run.DecideAsync(new Approval.PlanDecision.Approved(), "user");
        await asked.WaitAsync(Token);

        var stopped = run.StopAsync();
        answer.Release();
        await stopped;

        Assert.Null(run.State.End);
        Assert.Contains(run.State.Calls, call => call.Agent?.Value == "Agent-2");
        var rest = new ScriptedModel(Script.Answer);
        var end = await new RunHarness(repository, rest).ResumeAsync(run.State.Id, cancellationToken: Token);
        Assert.Equal(RunOutcome.Completed, end.End?.Outcome);
        Assert.Equal(end.Calls.Count, model.Calls + rest.Calls);
    }

    private static EngineOptions Options(IChatClient? model = null) => new() { Seed = 1, Models = () => model ?? new ScriptedModel(Script.Answer) };

    private static async Task AssertRefused(TempRepository repository, string word, string hint)
    {
        var model = new ScriptedModel(Script.Answer);

        var fault = await Assert.ThrowsAnyAsync<PlanlaneException>(() => new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token));

        Assert.Equal(FaultKind.Usage, fault.Kind);
        Assert.Contains(word, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(hint, fault.Hint, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, model.Calls);
    }
}
