using Planlane.Requests;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces;

namespace Planlane.Runs;

/// <summary>Runs in which an agent takes over a file of another one, and in which agents run commands.</summary>
public sealed class FileRequestRunTests
{
    private static readonly TaskId Formatter = new("formatter");
    private static readonly TaskId Greeter = new("greeter");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FileOfAnAgentAtWork_IsTakenOverWithItsVersionAndCommittedAfterIt()
    {
        using var repository = Script.Repository();

        var state = await new RunHarness(repository, Asking(repository)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal("greeter: done\nformatter too\n", repository.Read("src/greeter.txt"));
        Assert.Equal([new FileRequest(new("src/greeter.txt"), "It must format.", FileDecision.Granted, Greeter)], state.Task(Formatter).Requests);
        Assert.Contains("\"decision\":\"queued\"", JournalOf(repository), StringComparison.Ordinal);
        Assert.Equal(["[Agent-3] Add docs", "[Agent-1] Add formatter", "[Agent-2] Add greeter", "[Plan] Add shared contracts", "Start"], repository.Git("log", "--format=%s").Split('\n'));
        Assert.Equal("greeter: done", repository.Git("show", "HEAD~2:src/greeter.txt"));
    }

    [Fact]
    public async Task Run_OwnerOfAFileTakenOverLeftOut_IsRefusedUntilBothAreLeftOut()
    {
        using var repository = Script.Repository();
        var waiting = await new RunHarness(repository, Asking(repository)) { OnReview = _ => null }.RunAsync(Script.Request, cancellationToken: Token);

        var state = await new RunHarness(repository, Asking(repository)) { OnReview = _ => new Reviews.ReviewDecision.Approved([Greeter, Formatter]) }.ResumeAsync(waiting.Id, cancellationToken: Token);

        Assert.Equal(
            "Agent-1 took over 'src/greeter.txt' from Agent-2 and works on its version; leave out Agent-1 too, or keep Agent-2.",
            Reviews.ReviewRules.Refusal(waiting, new Reviews.ReviewDecision.Approved([Greeter]), "user"));
        Assert.Equal(RunOutcome.CompletedInPart, state.End?.Outcome);
        Assert.False(File.Exists(Path.Combine(repository.Folder, "src/greeter.txt")));
    }

    [Fact]
    public async Task Resume_StoppedWhileAnAgentWaits_WaitsAgainAndGetsTheFile()
    {
        using var repository = Script.Repository();
        using var gate = new ManualResetEventSlim();
        var service = await new RunHarness(repository, Asking(repository, gate)).OpenAsync(Token);
        RunId id = default;
        await using (var run = await service.StartAsync(RequestText.Parse(Script.Request), RunHarness.Settings, null, Token))
        {
            await foreach (var update in run.Updates.ReadAllAsync(Token))
            {
                id = update.State.Id;
                if (update.State.Waiting is RunWait.PlanDecision && update.State.Sequence == run.State.Sequence)
                    await run.DecideAsync(new Approval.PlanDecision.Approved(), "user");
                // The owner's next answer does not come before the end of this process.
                if (update.State.Tasks.Any(task => task.Requests.Any(request => request.Decision is FileDecision.Queued)) && update.State.Task(Greeter).Turns.Count > 0)
                    break;
            }

            var killed = run.KillAsync();
            gate.Set();
            await killed;
        }

        var state = await new RunHarness(repository, Asking(repository)).ResumeAsync(id, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal("greeter: done\nformatter too\n", repository.Read("src/greeter.txt"));
        Assert.Equal(FileDecision.Granted, Assert.Single(state.Task(Formatter).Requests).Decision);
    }

    [Fact]
    public async Task Run_TwoAskForOneFreeFile_OnlyOneGetsIt()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request switch
        {
            { Task: "formatter" or "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("request_file", new { path = "src/app.txt", why = "It must be wired." }),
            { Task: "formatter" or "greeter", Turns: 1 } => Script.Written($"src/{request.Task}.txt", request.Task).AndCalls("edit_file", new { path = "src/app.txt", edits = new[] { new { old_text = "app\n", new_text = $"app\n{request.Task}\n" } } }),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        var (first, second) = state.Task(Formatter).Requests[0].Owner is null ? ("formatter", "greeter") : ("greeter", "formatter");
        Assert.Equal($"app\n{second}\n{first}\n", repository.Read("src/app.txt"));
        Assert.Equal([null, new TaskId(first)], new[] { first, second }.Select(task => Assert.Single(state.Task(new TaskId(task)).Requests).Owner));
    }

    [Fact]
    public async Task Run_AgentRunsACommand_ItIsRecordedAndWritesNothingOutsideTheLane()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request is { Task: "greeter", Turns: 0 }
            ? Script.Written("src/greeter.txt", "greeter").AndCalls("run_command", new { command = "cat src/greeter.txt src/contract.txt; (echo stray > README.md; echo stray > src/app.txt) 2> /dev/null; true" })
            : Script.Answer(request));

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        var command = Assert.Single(state.Task(Greeter).Commands);
        Assert.Equal((0, "greeter: done\ngreet(name) -> text"), (command.ExitCode, command.Output));
        Assert.Equal(("# Sample\n", "app\n"), (repository.Read("README.md"), repository.Read("src/app.txt")));
        Assert.Equal("src/greeter.txt", repository.Git("show", "--name-only", "--format=", "HEAD~1"));
    }

    // The greeter goes on only when the formatter's request for its file is in the journal.
    private static ScriptedModel Asking(TempRepository repository, ManualResetEventSlim? gate = null) => new(request => request switch
    {
        { Task: "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("list_files", new { }),
        { Task: "greeter", Turns: 1 } when Queued(repository) && Passed(gate) => Script.Answer(request),
        { Task: "formatter", Turns: 0 } => ScriptedAnswer.Writes("src/formatter.txt", "formatter: done\n").AndCalls("request_file", new { path = "src/greeter.txt", why = "It must format." }),
        { Task: "formatter", Turns: 1 } => new ScriptedAnswer().AndCalls("edit_file", new { path = "src/greeter.txt", edits = new[] { new { old_text = "done\n", new_text = "done\nformatter too\n" } } }).AndFinishes("Wrote both"),
        _ => Script.Answer(request),
    });

    private static bool Passed(ManualResetEventSlim? gate) => gate?.Wait(TimeSpan.FromMinutes(1)) != false;

    private static bool Queued(TempRepository repository) => SpinWait.SpinUntil(() => JournalOf(repository).Contains("\"decision\":\"queued\"", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

    private static string JournalOf(TempRepository repository)
    {
        var folder = Path.Combine(repository.Folder, ".git", "planlane", "runs");
        using var stream = new FileStream(Directory.EnumerateFiles(folder, "journal.jsonl", SearchOption.AllDirectories).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
