using Planlane.Hosting;
using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>Where work lands, and as what.</summary>
public sealed class LandingFormTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Branch_New_GetsTheCommitsAndNothingElseMoves()
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        repository.Write("src/greeter.txt.bak", "untracked\n");
        var before = repository.Fingerprint();

        var state = await RunAsync(repository, new LandingPolicy { Branch = "feature/greeter" });

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(["[Agent-3] Add docs", "[Agent-2] Add greeter", "[Agent-1] Add formatter", "[Plan] Add shared contracts", "Start"], repository.Git("log", "--format=%s", "feature/greeter").Split('\n'));
        Assert.Equal("app", repository.Git("show", "feature/greeter:src/app.txt"));
        Assert.Equal((true, true, "refs/heads/feature/greeter"), (state.Receipt!.MovedRefAlone, state.Receipt.IsNewBranch, state.Receipt.Branch));
        repository.Git("branch", "-D", "-q", "feature/greeter");
        Assert.Equal(before, repository.Fingerprint());
    }

    [Fact]
    public async Task Branch_DetachedHeadAndHeadMovedMeanwhile_LandsAllTheSame()
    {
        using var repository = Script.Repository();
        repository.Git("switch", "-q", "--detach");
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer))
        {
            OnReview = _ =>
            {
                repository.CommitFile("other.txt", "x\n");
                return new Reviews.ReviewDecision.Approved([]);
            },
        };

        var state = await harness.RunAsync(Script.Request, RunHarness.Settings with { Landing = new LandingPolicy { Branch = "b" } }, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(repository.Git("rev-parse", "main"), repository.Git("rev-parse", "b~4"));
    }

    [Theory]
    [InlineData("taken", "There is a branch taken already.")]
    [InlineData("taken/below", "There is a branch taken already.")]
    [InlineData("a", "There is a branch a/b already.")]
    [InlineData("no..name", "'no..name' is no name for a branch.")]
    [InlineData("-x", "'-x' is no name for a branch.")]
    public async Task Branch_ThatCannotBeMade_IsRefusedBeforeAnythingIsPaid(string name, string message)
    {
        using var repository = Script.Repository();
        repository.Git("branch", "taken");
        repository.Git("branch", "a/b");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => RunAsync(repository, new LandingPolicy { Branch = name }));
        Assert.Equal((FaultKind.Usage, message), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task Branch_MadeBySomebodyMeanwhile_IsLeftAndAnotherNameLands()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer))
        {
            OnReview = _ =>
            {
                repository.Git("branch", "mine");
                return new Reviews.ReviewDecision.Approved([]);
            },
        };
        var state = await harness.RunAsync(Script.Request, RunHarness.Settings with { Landing = new LandingPolicy { Branch = "mine" } }, cancellationToken: Token);
        Assert.Equal($"The work is kept. Give the new branch another name: planlane resume {state.Id} --branch NAME", state.Halt?.Hint);

        var again = await harness.ResumeAsync(new RunResumed(Budget: null) { Landing = state.Settings.Landing with { Branch = "other" } }, state.Id, Token);

        Assert.Equal(RunOutcome.Completed, again.End?.Outcome);
        Assert.Equal((repository.Git("rev-parse", "main"), "[Agent-3] Add docs"), (repository.Git("rev-parse", "mine"), repository.Git("log", "-1", "--format=%s", "other")));
    }

    [Fact]
    public async Task Squashed_Run_IsOneCommitOfAll()
    {
        using var repository = Script.Repository();

        var state = await RunAsync(repository, new LandingPolicy { Form = LandingForm.Squashed });

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(
            "Add a greeter with a formatter and its docs\n\n* Plan: Add shared contracts\n* Agent-1: Add formatter\n* Agent-2: Add greeter\n* Agent-3: Add docs\n\n"
            + $"Assisted-by: planlane:test-planner\nAssisted-by: planlane:test-agent\nPlanlane-Run: {state.Id}\nPlanlane-Agent: Plan\nPlanlane-Agent: Agent-1\nPlanlane-Agent: Agent-2\nPlanlane-Agent: Agent-3",
            repository.Git("log", "-1", "--format=%B").TrimEnd());
        Assert.Equal(("2", "docs/greeter.md\nsrc/contract.txt\nsrc/formatter.txt\nsrc/greeter.txt", ""), (repository.Git("rev-list", "--count", "HEAD"), repository.Git("show", "--name-only", "--format=", "HEAD"), repository.Git("status", "--porcelain")));
    }

    [Fact]
    public async Task Staged_Run_IsInIndexAndFilesAndNoCommitIsMade()
    {
        using var repository = Script.Repository();
        repository.Hook("pre-commit", "exit 1");
        repository.Write("src/app.txt", "edited by the user\n");
        repository.Write("mine.txt", "staged by the user\n");
        repository.Git("add", "mine.txt");

        var state = await RunAsync(repository, new LandingPolicy { Form = LandingForm.Staged });

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("Start", repository.Git("log", "--format=%s"));
        Assert.Equal("A  docs/greeter.md\nA  mine.txt\n M src/app.txt\nA  src/contract.txt\nA  src/formatter.txt\nA  src/greeter.txt", repository.Git("status", "--porcelain"));
        Assert.Equal(("docs: done\n", ""), (repository.Read("docs/greeter.md"), repository.Git("for-each-ref", "refs/planlane")));
    }

    [Fact]
    public async Task Protected_Branch_IsRefusedBeforeAnythingIsPaidAndANewOneIsNot()
    {
        using var repository = Script.Repository();
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => RunAsync(repository, new LandingPolicy { Protected = ["ma*"] }));
        Assert.Equal(("Nothing may land on main: it is protected by \"landing.protect\" (ma*).", "Name a new branch for the commits: --branch NAME"), (fault.Message, fault.Hint));

        var state = await RunAsync(repository, new LandingPolicy { Protected = ["ma*"], Branch = "feature" });
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
    }

    [Fact]
    public async Task Onto_CommitWithoutABranch_IsRefusedBeforeAnythingIsPaid()
    {
        using var repository = Script.Repository();
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => RunAsync(repository, new LandingPolicy { Onto = "HEAD" }));
        Assert.Equal("'HEAD' is a commit and no branch, so no branch would keep the run's commits.", fault.Message);
        fault = await Assert.ThrowsAsync<PlanlaneException>(() => RunAsync(repository, new LandingPolicy { Onto = "nothing" }));
        Assert.Equal("There is no commit or branch 'nothing'.", fault.Message);
    }

    [Theory]
    [InlineData(LandingForm.Commits, null, false)]
    [InlineData(LandingForm.Squashed, null, false)]
    [InlineData(LandingForm.Commits, "feature", false)]
    [InlineData(LandingForm.Commits, null, true)]
    [InlineData(LandingForm.Squashed, null, true)]
    [InlineData(LandingForm.Commits, "feature", true)]
    public async Task Land_KilledBeforeItWasRecorded_IsFoundAndNotDoneTwice(LandingForm form, string? branch, bool isSaidOtherwise)
    {
        using var repository = Script.Repository();
        // Its message differs each time, so that a second making could not be mistaken for the first.
        repository.Hook("prepare-commit-msg", "date +%N >> \"$1\"");
        var state = await RunAsync(repository, new LandingPolicy { Form = form, Branch = branch });
        var journal = new RunFolders(Path.Combine(repository.Folder, ".git")).JournalOf(state.Id);
        var lines = await File.ReadAllLinesAsync(journal, Token);
        await File.WriteAllLinesAsync(journal, lines.TakeWhile(line => !line.Contains("\"changes.landed\"", StringComparison.Ordinal)), Token);
        var before = repository.Fingerprint();

        // Whoever resumes it may say another way to land, or want a rebase: it has landed all the same.
        var resumed = isSaidOtherwise ? new RunResumed(null) { Landing = new LandingPolicy { Form = LandingForm.Squashed, Branch = "other" }, Rebase = true } : new RunResumed(null);
        var again = await new RunHarness(repository, new ScriptedModel(Script.Answer)).ResumeAsync(resumed, state.Id, Token);

        Assert.Equal((state.Receipt, new RunEnd(RunOutcome.Completed, null)), (again.Receipt, again.End));
        Assert.Equal(before, repository.Fingerprint());
    }

    [Theory]
    [InlineData("")]
    [InlineData("edited")]
    [InlineData("committed")]
    [InlineData("taken out")]
    public async Task Staged_KilledBeforeItWasRecorded_EndsWhateverTheUserDidSince(string since)
    {
        using var repository = Script.Repository();
        var place = Path.Combine(repository.Folder, ".git/index.lock");
        File.WriteAllText(place, "");
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var halted = await harness.RunAsync(Script.Request, RunHarness.Settings with { Landing = new LandingPolicy { Form = LandingForm.Staged } }, cancellationToken: Token);
        File.Delete(place);
        // What the killed process still did.
        var landing = new Git.Landing(await Git.GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token));
        Assert.IsType<Git.LandingOutcome.Landed>(await landing.StageAsync(halted.Id, "refs/heads/main", halted.Base.Commit, halted.MadeCommits[^1].Id, Token));
        if (since is "edited")
            repository.Write("docs/greeter.md", "docs: better\n");
        if (since is "edited" or "committed")
            repository.Git("add", "-A");
        if (since is "committed")
            repository.Git("commit", "-q", "-m", "By hand");
        if (since is "taken out")
            repository.Git("reset", "-q", "--hard");
        var before = repository.VisibleState();

        var state = await harness.ResumeAsync(halted.Id, cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, halted.MadeCommits[^1].Id), (state.End?.Outcome, state.Receipt?.Staged));
        Assert.Equal(before, repository.Fingerprint().SelectMany(entry => entry.Split('\n')));
    }

    [Fact]
    public async Task DetachedHead_Run_LandsThereAndIsTakenBack()
    {
        using var repository = Script.Repository();
        repository.Git("switch", "-q", "--detach");
        repository.Write("src/app.txt", "edited by the user\n");
        var (start, before) = (repository.Git("rev-parse", "HEAD"), repository.VisibleState());

        var state = await RunAsync(repository, LandingPolicy.Default);

        Assert.Equal((RunOutcome.Completed, null), (state.End?.Outcome, state.Receipt!.Branch));
        Assert.Equal((start, start, ""), (repository.Git("rev-parse", "HEAD~4"), repository.Git("rev-parse", "main"), repository.Git("fsck", "--no-dangling", "--no-progress")));
        Assert.Equal(" M src/app.txt", repository.Git("status", "--porcelain"));
        var service = await new RunHarness(repository, new ScriptedModel(Script.Answer)).OpenAsync(Token);
        repository.Git("stash", "-q");
        repository.Git("switch", "-q", "main");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.UndoAsync(state.Id, Token));
        Assert.Equal($"Check it out first: `git switch --detach {state.Receipt.NewHead.Value[..7]}`, then planlane undo {state.Id}", fault.Hint);
        repository.Git("switch", "-q", "--detach", state.Receipt.NewHead.Value);
        repository.Git("stash", "pop", "-q");
        await service.UndoAsync(state.Id, Token);
        Assert.Equal(before.Where(line => !line.StartsWith("index ", StringComparison.Ordinal)), repository.VisibleState().Where(line => !line.StartsWith("index ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Land_KilledAfterTheCommitsWereMade_LandsTheSameOnes()
    {
        using var repository = Script.Repository();
        repository.Hook("prepare-commit-msg", "date +%N >> \"$1\"");
        File.WriteAllText(Path.Combine(repository.Folder, ".git/index.lock"), "");
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var refused = await harness.RunAsync(Script.Request, cancellationToken: Token);
        Assert.NotNull(refused.Halt);
        File.Delete(Path.Combine(repository.Folder, ".git/index.lock"));
        repository.Git("gc", "-q", "--prune=now");

        var state = await harness.ResumeAsync(refused.Id, cancellationToken: Token);

        Assert.Equal(4, refused.MadeCommits.Count);
        Assert.Equal(refused.MadeCommits, state.Receipt!.Commits);
        Assert.Equal(state.Receipt.NewHead.Value, repository.Git("rev-parse", "HEAD"));
    }

    [Fact]
    public async Task Messages_RepositoryWithConventionalCommits_FollowThem()
    {
        using var repository = TempRepository.With(("src/app.txt", "app\n"), ("commitlint.config.js", "module.exports = {}\n"));

        var state = await RunAsync(repository, LandingPolicy.Default);

        Assert.Equal(CommitStyle.Conventional, state.Base.Style);
        Assert.Equal(["docs: add docs", "feat: add greeter", "feat: add formatter", "feat: add shared contracts"], repository.Git("log", "-4", "--format=%s").Split('\n'));
        Assert.Equal("Agent-2", repository.Git("log", "-1", "--format=%(trailers:key=Planlane-Agent,valueonly)", "HEAD~1").Trim());
    }

    [Fact]
    public async Task Messages_CommitTemplate_IsForEditorsAndLeftAlone()
    {
        using var repository = Script.Repository();
        repository.Write(".git/template", "# fill in\nTICKET: \n");
        repository.Git("config", "commit.template", Path.Combine(repository.Folder, ".git/template"));
        await RunAsync(repository, LandingPolicy.Default);
        Assert.DoesNotContain("TICKET", repository.Git("log", "--format=%B"), StringComparison.Ordinal);
    }

    private static Task<RunState> RunAsync(TempRepository repository, LandingPolicy landing) =>
        new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, RunHarness.Settings with { Landing = landing }, cancellationToken: Token);
}
