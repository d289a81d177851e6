using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>Work that is put on another commit than it was done on.</summary>
public sealed class RebaseTests
{
    private static readonly RunResumed WithRebase = new(Budget: null) { Rebase = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rebase_OtherFilesChangedMeanwhile_IsCheckedAgainAndLandsWithoutAnotherQuestion()
    {
        using var repository = Script.Repository();
        var asked = 0;
        var harness = Moved(repository, Script.Answer, () => repository.CommitFile("other.txt", "someone else\n"), () => asked++);
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);
        Assert.Equal($"The work is kept. Put it on the commits that came since: planlane resume {stale.Id} --rebase", stale.Halt?.Hint);

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Equal((new RunEnd(RunOutcome.Completed, null), 1, 2), (state.End, asked, state.CombinedRounds));
        Assert.Equal(
            ["[Agent-3] Add docs", "[Agent-2] Add greeter", "[Agent-1] Add formatter", "[Plan] Add shared contracts", "Meanwhile", "Start"],
            repository.Git("log", "--format=%s").Split('\n'));
        Assert.Equal(("someone else\n", "docs: done\n", ""), (repository.Read("other.txt"), repository.Read("docs/greeter.md"), repository.Git("status", "--porcelain")));
        Assert.Equal("docs/greeter.md", repository.Git("show", "--name-only", "--format=", "HEAD"));
        Assert.Equal("", repository.Git("for-each-ref", "refs/planlane"));
    }

    [Fact]
    public async Task Rebase_BothChangedAFileInDifferentPlaces_IsMergedAndReviewedAgain()
    {
        using var repository = TempRepository.With(("src/app.txt", "1\n2\n3\n4\n5\n6\n7\n"));
        var asked = new List<string>();
        var harness = Moved(repository, Editing("7\n", "7 by the agent\n"), () => repository.CommitFile("src/app.txt", "1 by the user\n2\n3\n4\n5\n6\n7\n"), () => asked.Add(repository.Git("log", "-1", "--format=%s")));
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Equal((RunOutcome.Completed, 2), (state.End?.Outcome, asked.Count));
        Assert.Equal("1 by the user\n2\n3\n4\n5\n6\n7 by the agent\n", repository.Read("src/app.txt"));
    }

    [Fact]
    public async Task Rebase_BothChangedTheSameLines_ShowsBothSidesAndLandsNothing()
    {
        using var repository = TempRepository.With(("src/app.txt", "1\n2\n3\n"));
        var harness = Moved(repository, Editing("2\n", "2 by the agent\n"), () => repository.CommitFile("src/app.txt", "1\n2 by the user\n3\n"), () => { });
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var before = repository.VisibleState();

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Equal(FaultKind.Stale, state.Halt?.Kind);
        var (from, now) = (repository.Git("rev-parse", "HEAD~1")[..7], repository.Git("rev-parse", "HEAD")[..7]);
        Assert.Equal(
            $"The run and the commits since {from} changed the same lines, so nothing was put on {now} and nothing landed.\n"
            + $"src/app.txt: Agent-1, and {now} \"Meanwhile\"\n  <<<<<<< as it is now\n  2 by the user\n  =======\n  2 by the agent\n  >>>>>>> Agent-1",
            state.Halt!.Message);
        Assert.Equal(before, repository.VisibleState());

        // The user takes their side back, and then it is the run's turn.
        repository.Git("reset", "-q", "--hard", "HEAD~1");
        Assert.Equal(RunOutcome.Completed, (await harness.ResumeAsync(state.Id, cancellationToken: Token)).End?.Outcome);
        Assert.Equal("1\n2 by the agent\n3\n", repository.Read("src/app.txt"));
    }

    [Fact]
    public async Task Rebase_ChecksFailOnTheNewWhole_GoBackToTheAgent()
    {
        using var repository = Script.Repository();
        const string Check = "[ ! -f strict ] || grep -q louder src/greeter.txt || { echo 'src/greeter.txt:1: error: too quiet'; exit 1; }";
        var harness = Moved(
            repository,
            request => request switch
            {
                { Task: null } => ScriptedAnswer.Says(Script.Plan(Check)),
                { Task: "greeter", Turns: 1 } => Script.Written("src/greeter.txt", "greeter", "louder\n"),
                _ => Script.Answer(request),
            },
            () => repository.CommitFile("strict", ""),
            () => { });
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("greeter: louder\n", repository.Read("src/greeter.txt"));
    }

    [Fact]
    public async Task Rebase_MergeProgramOfTheUser_IsNotRun()
    {
        using var repository = TempRepository.With((".gitattributes", "*.txt merge=planted\n"), ("src/app.txt", "1\n2\n3\n4\n5\n6\n7\n"));
        repository.Git("config", "merge.planted.driver", "touch planted");
        var harness = Moved(repository, Editing("7\n", "7 by the agent\n"), () => repository.CommitFile("src/app.txt", "1 by the user\n2\n3\n4\n5\n6\n7\n"), () => { });
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Contains("src/app.txt: Agent-1, and ", state.Halt?.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(repository.Folder, "planted")));
    }

    [Fact]
    public async Task Rebase_OwnUncommittedWorkInAFileOfTheRun_IsRefused()
    {
        using var repository = TempRepository.With(("src/app.txt", "1\n2\n3\n4\n5\n6\n7\n"));
        var harness = Moved(repository, Editing("7\n", "7 by the agent\n"), () => repository.CommitFile("other.txt", "x\n"), () => { });
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);
        repository.Write("src/app.txt", "mine\n2\n3\n4\n5\n6\n7\n");

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Equal("You have uncommitted changes in files of the run: src/app.txt.", state.Halt?.Message);
        Assert.Equal("mine\n2\n3\n4\n5\n6\n7\n", repository.Read("src/app.txt"));
    }

    [Fact]
    public async Task Onto_BranchThatIsNotCheckedOut_MovesItAlone()
    {
        using var repository = Script.Repository();
        repository.Git("branch", "release");
        repository.CommitFile("only-main.txt", "main\n");
        var before = repository.VisibleState();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));

        var state = await harness.RunAsync(Script.Request, With(new LandingPolicy { Onto = "release" }), cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(["[Agent-3] Add docs", "[Agent-2] Add greeter", "[Agent-1] Add formatter", "[Plan] Add shared contracts", "Start"], repository.Git("log", "--format=%s", "release").Split('\n'));
        Assert.Equal("docs/greeter.md", repository.Git("show", "--name-only", "--format=", "release"));
        Assert.Equal(before.Where(line => !line.Contains("refs/heads/release")), repository.VisibleState().Where(line => !line.Contains("refs/heads/release")));
    }

    [Fact]
    public async Task Onto_SentBackAfterTheRebase_AgentReadsTheBranchThatItLandsOn()
    {
        using var repository = Script.Repository();
        repository.Git("switch", "-q", "-c", "release");
        repository.CommitFile("release-only.txt", "of the release\n");
        repository.Git("switch", "-q", "main");
        var read = new List<string>();
        var model = new ScriptedModel(request =>
        {
            if (request is not { Task: "docs", Turns: > 0 })
                return Script.Answer(request);
            read.Add(request.Texts[^1]);
            return request.Turns == 1 ? new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "release-only.txt" } }) : new ScriptedAnswer().AndFinishes("Read it");
        });
        var decisions = new Queue<ReviewDecision>([new ReviewDecision.ChangesRequested([new(new("docs"), "Look at release-only.txt.")]), new ReviewDecision.Approved([])]);

        // One process: what agents share was read for the first base, and the rebase came after.
        var state = await new RunHarness(repository, model) { OnReview = _ => decisions.Dequeue() }.RunAsync(Script.Request, With(new LandingPolicy { Onto = "release" }), cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Contains("of the release", read[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebase_ContractsAreThereMeanwhile_MakesNoEmptyCommitForThem()
    {
        using var repository = Script.Repository();
        var harness = Moved(repository, Script.Answer, () => repository.CommitFile("src/contract.txt", "greet(name) -> text\n"), () => { });
        var stale = await harness.RunAsync(Script.Request, cancellationToken: Token);

        var state = await harness.ResumeAsync(WithRebase, stale.Id, Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(["[Agent-3] Add docs", "[Agent-2] Add greeter", "[Agent-1] Add formatter", "Meanwhile", "Start"], repository.Git("log", "--format=%s").Split('\n'));
    }

    [Fact]
    public async Task Onto_CommitWithANewBranch_BeginsThere()
    {
        using var repository = Script.Repository();
        var start = repository.Git("rev-parse", "HEAD");
        repository.CommitFile("only-main.txt", "main\n");
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));

        var state = await harness.RunAsync(Script.Request, With(new LandingPolicy { Onto = start, Branch = "feature/greeter" }), cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(start, repository.Git("rev-parse", "feature/greeter~4"));
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    private static RunSettings With(LandingPolicy landing) => RunHarness.Settings with { Landing = landing };

    // A run whose review is given while somebody else commits.
    private static RunHarness Moved(TempRepository repository, Func<ScriptedRequest, ScriptedAnswer> answer, Action meanwhile, Action asked)
    {
        var isFirst = true;
        return new RunHarness(repository, new ScriptedModel(answer))
        {
            OnReview = _ =>
            {
                asked();
                if (isFirst)
                    meanwhile();
                isFirst = false;
                return new ReviewDecision.Approved([]);
            },
        };
    }

    private static Func<ScriptedRequest, ScriptedAnswer> Editing(string old, string text) => request => request switch
    {
        { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("app", "src/app.txt", []), Script.Task("docs", "docs/greeter.md", [])).Replace("@check", "true")),
        { Task: "app", Turns: 0 } => new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "src/app.txt" } }),
        { Task: "app" } => new ScriptedAnswer().AndCalls("edit_file", new { path = "src/app.txt", edits = new[] { new { old_text = old.TrimEnd('\n'), new_text = text.TrimEnd('\n') } } }).AndFinishes("Edited it"),
        _ => Script.Answer(request),
    };
}
