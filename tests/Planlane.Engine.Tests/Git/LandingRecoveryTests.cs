using Planlane.Values;

namespace Planlane.Git;

public sealed class LandingRecoveryTests
{
    private static readonly CancellationToken Token = TempRepository.Token;
    private static readonly RunId Run = new("7f3c2a");

    public static TheoryData<string, bool, bool> Deaths()
    {
        var deaths = new TheoryData<string, bool, bool>();
        foreach (var step in Enum.GetNames<LandingStep>())
        {
            deaths.Add(step, false, false);
            deaths.Add(step, true, false);
            deaths.Add(step, true, true);
        }

        return deaths;
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task RecoverAsync_KilledAfterAStep_FinishesOrTakesBack(string lastStep, bool withChildren, bool detached)
    {
        var step = Enum.Parse<LandingStep>(lastStep);
        await using var temp = await TempRepository.WithAsync(("edit.txt", "1"), ("folder/gone.txt", "1"), ("file", "1"), ("mine.txt", "1"), ("staged.txt", "1"));
        if (detached)
            temp.Git("switch", "-q", "--detach");
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("edit.txt", "2"), ("folder/gone.txt", null), ("new/er/a.txt", "2"), ("file", null), ("file/b.txt", "2")));
        temp.Write("staged.txt", "mine");
        temp.Git("add", "staged.txt");
        temp.Write("mine.txt", "mine");
        temp.Write("untracked.txt", "mine");
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();

        await KillAsync(temp, detached ? null : "refs/heads/main", old, commit, step, withChildren);
        var outcome = await new Landing(temp.Repository).RecoverAsync(Token);

        if (step is LandingStep.Anchored or LandingStep.Finished)
            Assert.Null(outcome);
        else if (step < LandingStep.IndexInstalled)
            Assert.Equal(RefusalKind.Interrupted, Assert.IsType<LandingOutcome.Refused>(outcome).Kind);
        else
            Assert.Equal(new LandingOutcome.Landed(commit), outcome);
        if (step < LandingStep.IndexInstalled)
            Assert.Equal(before, temp.State());
        else
            Assert.Equal(commit, temp.Head);
        Assert.Equal(" M mine.txt\nM  staged.txt\n?? untracked.txt", temp.Git("status", "--porcelain"));
        Assert.Null(await new Landing(temp.Repository).RecoverAsync(Token));
        Assert.Equal(["landing.lock"], Directory.GetFileSystemEntries(temp.Full(".git/planlane")).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task RecoverAsync_KilledWhileItStages_FinishesOrTakesBack(string lastStep, bool withChildren, bool isUndo)
    {
        var step = Enum.Parse<LandingStep>(lastStep);
        await using var temp = await TempRepository.WithAsync(("edit.txt", "1"), ("folder/gone.txt", "1"), ("mine.txt", "1"), ("staged.txt", "1"));
        var (head, commit) = (temp.Head, await temp.PlannedAsync(("edit.txt", "2"), ("folder/gone.txt", null), ("new/er/a.txt", "2")));
        temp.Write("staged.txt", "mine");
        temp.Git("add", "staged.txt");
        temp.Write("mine.txt", "mine");
        if (isUndo)
            await new Landing(temp.Repository).StageAsync(Run, "refs/heads/main", head, commit, Token);
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();

        await KillAsync(temp, "refs/heads/main", isUndo ? commit : head, isUndo ? head : commit, step, withChildren, standing: head, undo: isUndo);
        var outcome = await new Landing(temp.Repository).RecoverAsync(Token);

        if (step is LandingStep.Anchored or LandingStep.Finished)
            Assert.Null(outcome);
        else if (step < LandingStep.IndexInstalled)
            Assert.Equal(RefusalKind.Interrupted, Assert.IsType<LandingOutcome.Refused>(outcome).Kind);
        else
            Assert.Equal(new LandingOutcome.Landed(isUndo ? head : commit), outcome);
        if (step < LandingStep.IndexInstalled)
            Assert.Equal(before, temp.State());
        var isStaged = step < LandingStep.IndexInstalled == isUndo;
        Assert.Equal((head, isStaged ? "M  edit.txt\nD  folder/gone.txt\n M mine.txt\nA  new/er/a.txt\nM  staged.txt" : " M mine.txt\nM  staged.txt"), (temp.Head, temp.Git("status", "--porcelain")));
        Assert.Null(await new Landing(temp.Repository).RecoverAsync(Token));
    }

    [Fact]
    public async Task RecoverAsync_KilledInTheMiddleOfTheFiles_PutsBackAndLeavesWhatTheUserChangedSince()
    {
        await using var temp = await TempRepository.WithAsync(("done.txt", "1"), ("torn.txt", "1"), ("unlinked.txt", "1"), ("untouched.txt", "1"), ("users.txt", "1"), ("gone.txt", "1"));
        var (old, commit) = (temp.Head, await temp.PlannedAsync(
            ("done.txt", "22"), ("torn.txt", "2222"), ("unlinked.txt", "2"), ("untouched.txt", "2"), ("users.txt", "2"), ("gone.txt", null), ("new/done.txt", "2"), ("new/torn.txt", "2222")));
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();
        await KillAsync(temp, "refs/heads/main", old, commit, LandingStep.Checked, withChildren: true);
        // What git leaves when it is killed over torn.txt, and then the user.
        File.WriteAllText(temp.Full(".git/planlane/landing.pid"), "");
        File.WriteAllText(temp.Full(".git/planlane/landing.index.lock"), "");
        File.Delete(temp.Full("unlinked.txt"));
        File.Delete(temp.Full("gone.txt"));
        foreach (var (path, text) in new[] { ("done.txt", "22"), ("torn.txt", "22"), ("users.txt", "mine"), ("new/done.txt", "2"), ("new/torn.txt", "") })
            temp.Write(path, text);

        var refused = Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).RecoverAsync(Token));

        Assert.Equal((RefusalKind.Interrupted, [new RepoPath("users.txt")]), (refused.Kind, refused.Paths));
        Assert.Equal("mine", temp.Read("users.txt"));
        temp.Write("users.txt", "1");
        Assert.Equal(before, temp.State());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RecoverAsync_KilledBeforeTheRefMoved_RunsTheHookUnlessTheCommitsChangeIt(bool runsHooks)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        TempRepository.WriteScript(temp.Full(".git/hooks/reference-transaction"), "touch ran.txt");
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2")));
        File.Delete(temp.Full("ran.txt"));

        await KillAsync(temp, "refs/heads/main", old, commit, LandingStep.IndexInstalled, withChildren: true, runsHooks: runsHooks);
        File.Delete(temp.Full("ran.txt"));
        var outcome = await new Landing(temp.Repository).RecoverAsync(Token);

        Assert.Equal(new LandingOutcome.Landed(commit), outcome);
        Assert.Equal(runsHooks, File.Exists(temp.Full("ran.txt")));
    }

    [Fact]
    public async Task RecoverAsync_GitOutlivedUs_WaitsForItBeforeItTakesBack()
    {
        await using var temp = await TempRepository.WithAsync((".gitattributes", "slow.txt filter=slow\n"), ("a.txt", "1"), ("z.txt", "1"));
        var (begun, go) = (Path.Combine(temp.Outside, "begun"), Path.Combine(temp.Outside, "go"));
        System.Diagnostics.Process.Start("mkfifo", [begun, go]).WaitForExit();
        temp.Git("config", "filter.slow.smudge", $"echo > '{begun}'; cat '{go}' -");
        temp.Git("config", "filter.slow.clean", "cat");
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2"), ("slow.txt", "2"), ("z.txt", "2")));
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();
        var dying = KillAsync(temp, "refs/heads/main", old, commit, LandingStep.WorkTreeUpdated, withChildren: false, owned: false);
        // Opening a pipe waits for its other end, and would hold the thread that the landing goes on in.
        await await Task.WhenAny(Task.Run(() => File.ReadAllText(begun), Token), dying);

        var recovering = new Landing(temp.Repository).RecoverAsync(Token);
        // Enough work for a recovery that does not wait to end, and to be overwritten by git afterwards.
        for (var command = 0; command < 60 && !recovering.IsCompleted; command++)
            temp.Git("rev-parse", "HEAD");
        await Task.Run(() => File.WriteAllText(go, ""), Token);
        await dying;

        Assert.Equal(RefusalKind.Interrupted, Assert.IsType<LandingOutcome.Refused>(await recovering).Kind);
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task RecoverAsync_IndexLockedByTheUserMeanwhile_WaitsForALaterCall()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        await KillAsync(temp, "refs/heads/main", temp.Head, await temp.PlannedAsync(("a.txt", "2")), LandingStep.Recorded, withChildren: true);
        File.WriteAllText(temp.Full(".git/index.lock"), "");
        Assert.Equal(RefusalKind.IndexLocked, Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).RecoverAsync(Token)).Kind);
        File.Delete(temp.Full(".git/index.lock"));
        Assert.Equal(RefusalKind.Interrupted, Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).RecoverAsync(Token)).Kind);
    }

    [Fact]
    public async Task RecoverAsync_UserCommittedOverIt_LeavesEverything()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        await KillAsync(temp, "refs/heads/main", temp.Head, await temp.PlannedAsync(("a.txt", "2")), LandingStep.WorkTreeUpdated, withChildren: false);
        File.Delete(temp.Full(".git/index.lock"));
        var theirs = temp.Commit("mine");
        var files = temp.Files();
        Assert.Equal(RefusalKind.HeadMoved, Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).RecoverAsync(Token)).Kind);
        Assert.Equal((theirs, files), (temp.Head, temp.Files()));
    }

    [Fact]
    public async Task LandAsync_AfterAKilledLanding_RecoversFirst()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"), ("new.txt", "2"));
        await KillAsync(temp, "refs/heads/main", temp.Head, commit, LandingStep.WorkTreeUpdated, withChildren: true);
        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token));
        Assert.Equal("", temp.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task RecoverAsync_PackedBranchInAFolder_TakesBack()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        temp.Git("switch", "-q", "-c", "feature/x");
        temp.Git("pack-refs", "--all");
        await KillAsync(temp, "refs/heads/feature/x", temp.Head, await temp.PlannedAsync(("a.txt", "2")), LandingStep.IndexLocked, withChildren: false);
        Assert.Equal(RefusalKind.Interrupted, Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).RecoverAsync(Token)).Kind);
        Assert.Equal("", temp.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task LandAsync_WhileAnotherLands_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        using var other = new LandingFiles(temp.Repository).TryOwn();
        Assert.NotNull(other);
        var outcome = await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token);
        Assert.Equal(RefusalKind.IndexLocked, Assert.IsType<LandingOutcome.Refused>(outcome).Kind);
    }

    [Fact]
    public async Task TryLockIndex_GitTakesItAtTheSameTime_OneHasIt()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var files = new LandingFiles(temp.Repository);
        Directory.CreateDirectory(temp.Full(".git/planlane"));
        var (done, replaced, taken) = (false, 0, 0);
        // As git does: made where there is none, its own until it is deleted.
        var git = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
            {
                try
                {
                    new FileStream(files.IndexLock, FileMode.CreateNew).Dispose();
                }
                catch (IOException)
                {
                    continue;
                }

                if (!File.Exists(files.IndexLock) || files.HoldsIndexLock(Run))
                    replaced++;
                File.Delete(files.IndexLock);
            }
        }, Token);
        for (var round = 0; round < 3000; round++)
        {
            if (!files.TryLockIndex(Run))
                continue;
            taken++;
            File.Delete(files.IndexLock);
        }

        Volatile.Write(ref done, true);
        await git;
        Assert.Equal((0, true), (replaced, taken > 0));
    }

    // As the death of the process: what is held in memory goes, what is on disk stays.
    private static async Task KillAsync(TempRepository temp, string? branch, ObjectId old, ObjectId commit, LandingStep after, bool withChildren, bool owned = true, ObjectId? standing = null, bool undo = false, bool runsHooks = true)
    {
        using var owner = new LandingFiles(temp.Repository).TryOwn();
        if (!owned)
            owner?.Dispose();
        var record = await LandingRecord.OfAsync(temp.Repository, Run, branch, old, commit, undo, Token) with { Standing = standing, RunsHooks = runsHooks };
        await using var transaction = new LandingTransaction(temp.Repository, record);
        Assert.Null(await transaction.RunAsync(after, Token));
        await transaction.AbandonAsync(withChildren);
    }
}
