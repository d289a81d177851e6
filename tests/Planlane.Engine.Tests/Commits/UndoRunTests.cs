using Planlane.Runs;
using Planlane.Testing;

namespace Planlane.Commits;

/// <summary>Landed runs that are taken back, and land again.</summary>
public sealed class UndoRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LandingForm.Commits, null, UndoWay.Reset, UndoWay.Forward)]
    [InlineData(LandingForm.Squashed, null, UndoWay.Reset, UndoWay.Forward)]
    [InlineData(LandingForm.Staged, null, UndoWay.Unstage, UndoWay.Forward)]
    [InlineData(LandingForm.Commits, "feature", UndoWay.MoveBranch, UndoWay.MoveBranch)]
    public async Task Undo_NothingCameAfter_IsAsBeforeAndRedoAsAfter(LandingForm form, string? branch, UndoWay undo, UndoWay redo)
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        repository.Write("mine.txt", "staged by the user\n");
        repository.Git("add", "mine.txt");
        var before = Seen(repository);
        var (service, state) = await LandAsync(repository, new LandingPolicy { Form = form, Branch = branch });
        var after = Seen(repository);

        Assert.Equal(undo, (await service.PlanUndoAsync(state.Id, redo: false, Token)).Way);
        await service.UndoAsync(state.Id, Token);
        Assert.Equal(before, Seen(repository));
        Assert.True((await service.LoadAsync(state.Id, Token)).IsUndone);

        Assert.Equal(redo, (await service.PlanUndoAsync(state.Id, redo: true, Token)).Way);
        await service.RedoAsync(state.Id, Token);
        Assert.Equal(after, Seen(repository));
        Assert.False((await service.LoadAsync(state.Id, Token)).IsUndone);
        await service.UndoAsync(state.Id, Token);
        Assert.Equal(before, Seen(repository));
    }

    [Theory]
    [InlineData(LandingForm.Commits, null)]
    [InlineData(LandingForm.Squashed, null)]
    [InlineData(LandingForm.Staged, null)]
    [InlineData(LandingForm.Commits, "feature")]
    public async Task UndoAndRedo_KilledBeforeTheyWereRecorded_AreRecordedAndNotDoneTwice(LandingForm form, string? branch)
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        var (service, state) = await LandAsync(repository, new LandingPolicy { Form = form, Branch = branch });
        await service.UndoAsync(state.Id, Token);
        var undone = Seen(repository);

        await ForgetAsync(repository, state, "run.undone");
        Assert.False((await service.LoadAsync(state.Id, Token)).IsUndone);
        await service.UndoAsync(state.Id, Token);
        Assert.Equal((true, true), ((await service.LoadAsync(state.Id, Token)).IsUndone, undone.SequenceEqual(Seen(repository))));

        await service.RedoAsync(state.Id, Token);
        var redone = Seen(repository);
        await ForgetAsync(repository, state, "run.redone");
        Assert.True((await service.LoadAsync(state.Id, Token)).IsUndone);
        await service.RedoAsync(state.Id, Token);
        Assert.Equal((false, true), ((await service.LoadAsync(state.Id, Token)).IsUndone, redone.SequenceEqual(Seen(repository))));
        Assert.Equal("", repository.Git("for-each-ref", "refs/planlane"));
    }

    [Theory]
    [InlineData(nameof(Git.LandingStep.RefPrepared))]
    [InlineData(nameof(Git.LandingStep.WorkTreeUpdated))]
    [InlineData(nameof(Git.LandingStep.IndexInstalled))]
    [InlineData(nameof(Git.LandingStep.RefCommitted))]
    public async Task Undo_KilledInItsMiddle_IsFinishedOrTakenBackAndThenUndone(string last)
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        var (service, state) = await LandAsync(repository, LandingPolicy.Default);
        var opened = await Git.GitRepository.OpenAsync(repository.Folder, TimeProvider.System, Token);
        using (new Git.LandingFiles(opened).TryOwn())
        {
            var record = await Git.LandingRecord.OfAsync(opened, state.Id, "refs/heads/main", state.Receipt!.NewHead, state.Receipt.OldHead, undo: true, Token);
            await using var transaction = new Git.LandingTransaction(opened, record);
            Assert.Null(await transaction.RunAsync(Enum.Parse<Git.LandingStep>(last), Token));
            await transaction.AbandonAsync(killChildren: true);
        }

        Assert.Equal(UndoWay.Reset, (await service.PlanUndoAsync(state.Id, redo: false, Token)).Way);
        await service.UndoAsync(state.Id, Token);

        Assert.Equal((state.Base.Commit.Value, " M src/app.txt", ""), (repository.Git("rev-parse", "HEAD"), repository.Git("status", "--porcelain"), repository.Git("fsck", "--no-dangling", "--no-progress")));
        Assert.True((await service.LoadAsync(state.Id, Token)).IsUndone);
    }

    [Fact]
    public async Task Undo_NewBranchGotAnotherName_SaysThatItIsGone()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, new LandingPolicy { Branch = "feature" });
        repository.Git("branch", "-m", "feature", "better-name");
        Assert.Equal("feature is gone, and its commits are in better-name.", (await Assert.ThrowsAsync<PlanlaneException>(() => service.UndoAsync(state.Id, Token))).Message);
    }

    [Fact]
    public async Task Undo_OtherCommitsCameAfter_RevertsNewestFirstAndRedoMakesThemAnew()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, LandingPolicy.Default);
        repository.CommitFile("other.txt", "kept\n");
        repository.Write("src/app.txt", "edited by the user\n");

        Assert.Equal((UndoWay.Revert, "other commits came after them"), await PlanAsync(service, state, redo: false));
        await service.UndoAsync(state.Id, Token);

        Assert.Equal(
            ["Revert \"[Plan] Add shared contracts\"", "Revert \"[Agent-1] Add formatter\"", "Revert \"[Agent-2] Add greeter\"", "Revert \"[Agent-3] Add docs\"", "Meanwhile"],
            repository.Git("log", "-5", "--format=%s").Split('\n'));
        Assert.Equal($"This reverts commit {state.Receipt!.Commits[0].Id}.", repository.Git("log", "-1", "--format=%b").Trim());
        Assert.Equal("README.md\nother.txt\nsrc/app.txt", repository.Git("ls-tree", "-r", "--name-only", "HEAD"));
        Assert.Equal((" M src/app.txt", "edited by the user\n"), (repository.Git("status", "--porcelain"), repository.Read("src/app.txt")));

        Assert.Equal((UndoWay.Reapply, "other commits came since"), await PlanAsync(service, state, redo: true));
        await service.RedoAsync(state.Id, Token);
        Assert.Equal(["[Agent-3] Add docs", "[Agent-2] Add greeter", "[Agent-1] Add formatter", "[Plan] Add shared contracts"], repository.Git("log", "-4", "--format=%s").Split('\n'));
        Assert.Equal("docs: done\n", repository.Read("docs/greeter.md"));

        // And back once more, now the new ones, which are the tip.
        Assert.Equal((UndoWay.Reset, null), await PlanAsync(service, state, redo: false));
        await service.UndoAsync(state.Id, Token);
        Assert.Equal("Revert \"[Plan] Add shared contracts\"", repository.Git("log", "-1", "--format=%s"));
    }

    [Fact]
    public async Task Undo_CommitsArePublished_RevertsThem()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, LandingPolicy.Default);
        repository.Git("update-ref", "refs/remotes/origin/main", "HEAD");
        Assert.Equal((UndoWay.Revert, "they are on a remote already"), await PlanAsync(service, state, redo: false));
    }

    [Fact]
    public async Task Undo_LaterCommitChangedTheSameLines_SaysWhereAndMovesNothing()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, LandingPolicy.Default);
        repository.CommitFile("src/greeter.txt", "greeter: mine\n");
        var before = repository.Fingerprint();

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.UndoAsync(state.Id, Token));

        Assert.Equal((FaultKind.Stale, "Nothing was taken back: commits since changed the same lines of src/greeter.txt."), (fault.Kind, fault.Message));
        Assert.Equal(before, repository.Fingerprint());
        Assert.False((await service.LoadAsync(state.Id, Token)).IsUndone);
    }

    [Fact]
    public async Task Undo_StagedFileEditedSince_IsRefused()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, new LandingPolicy { Form = LandingForm.Staged });
        repository.Write("docs/greeter.md", "mine\n");
        var before = repository.Fingerprint();
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.UndoAsync(state.Id, Token));
        Assert.StartsWith("Nothing was taken back: Your own changes are in the way: docs/greeter.md.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, repository.Fingerprint());
    }

    [Fact]
    public async Task Undo_NewBranchIsCheckedOut_TakesItBackThere()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, new LandingPolicy { Branch = "feature" });
        repository.Git("switch", "-q", "feature");
        Assert.Equal((UndoWay.Reset, null), await PlanAsync(service, state, redo: false));
        await service.UndoAsync(state.Id, Token);
        Assert.Equal((repository.Git("rev-parse", "main"), ""), (repository.Git("rev-parse", "feature"), repository.Git("status", "--porcelain")));
    }

    [Fact]
    public async Task Undo_AnotherBranchIsCheckedOut_SaysWhatToDo()
    {
        using var repository = Script.Repository();
        var (service, state) = await LandAsync(repository, LandingPolicy.Default);
        repository.Git("switch", "-q", "-c", "other");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.PlanUndoAsync(state.Id, redo: false, Token));
        Assert.Equal(("The run landed on main, which is not checked out.", $"Check it out first: `git switch main`, then planlane undo {state.Id}"), (fault.Message, fault.Hint));
    }

    [Theory]
    [InlineData(false, UndoWay.Reset)]
    [InlineData(true, UndoWay.Revert)]
    public async Task Undo_LandedOnADetachedHeadThatGotABranch_TakesItBackThere(bool othersCameAfter, UndoWay way)
    {
        using var repository = Script.Repository();
        repository.Git("switch", "-q", "--detach");
        var files = repository.Git("ls-tree", "-r", "HEAD");
        var (service, state) = await LandAsync(repository, LandingPolicy.Default);
        Assert.Null(state.Receipt!.Branch);
        repository.Git("switch", "-q", "-c", "kept");

        // Where the branch is not checked out, it would keep the commits.
        repository.Git("switch", "-q", "--detach");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.UndoAsync(state.Id, Token));
        Assert.Equal(
            ("The run landed on a detached HEAD, and kept, which is not checked out, holds its commits now.", $"Check it out first: `git switch kept`, then planlane undo {state.Id}"), (fault.Message, fault.Hint));
        Assert.Equal((state.Receipt.NewHead.Value, false), (repository.Git("rev-parse", "HEAD"), (await service.LoadAsync(state.Id, Token)).IsUndone));

        repository.Git("switch", "-q", "kept");
        if (othersCameAfter)
            repository.Git("commit", "-q", "--allow-empty", "-m", "Mine");
        var plan = await service.PlanUndoAsync(state.Id, redo: false, Token);
        Assert.Equal((way, "refs/heads/kept"), (plan.Way, plan.Branch));
        await service.UndoAsync(state.Id, Token);

        Assert.Equal((files, "refs/heads/kept", ""), (repository.Git("ls-tree", "-r", "kept"), repository.Git("symbolic-ref", "HEAD"), repository.Git("status", "--porcelain")));
        Assert.True((await service.LoadAsync(state.Id, Token)).IsUndone);
    }

    private static async Task<(UndoWay, string?)> PlanAsync(RunService service, RunState state, bool redo)
    {
        var plan = await service.PlanUndoAsync(state.Id, redo, Token);
        return (plan.Way, plan.Reason);
    }

    private static async Task<(RunService, RunState)> LandAsync(TempRepository repository, LandingPolicy landing)
    {
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var state = await harness.RunAsync(Script.Request, RunHarness.Settings with { Landing = landing }, cancellationToken: Token);
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        return (await harness.OpenAsync(Token), state);
    }

    // The process died when everything had moved and its last event was not written yet.
    private static async Task ForgetAsync(TempRepository repository, RunState state, string happened)
    {
        var journal = new Hosting.RunFolders(Path.Combine(repository.Folder, ".git")).JournalOf(state.Id);
        var lines = await File.ReadAllLinesAsync(journal, Token);
        Assert.Contains($"\"{happened}\"", lines[^1], StringComparison.Ordinal);
        await File.WriteAllLinesAsync(journal, lines[..^1], Token);
        // Its private refs go after the event, so that they were still there.
        if (state.Receipt!.Staged is { } staged)
            repository.Git("update-ref", $"refs/planlane/{state.Id}/{(happened == "run.undone" ? "unstaged" : "staged")}", staged.Value);
    }

    // As a fingerprint, but with what the index says instead of its bytes, which hold times.
    private static IReadOnlyList<string> Seen(TempRepository repository) => [.. repository.Fingerprint().Where(line => !line.StartsWith("index ", StringComparison.Ordinal)), repository.Git("ls-files", "-s")];
}
