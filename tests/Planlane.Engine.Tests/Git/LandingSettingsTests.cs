using Planlane.Values;

namespace Planlane.Git;

/// <summary>Landings in repositories whose settings or shape differ from the usual.</summary>
public sealed class LandingSettingsTests
{
    private static readonly CancellationToken Token = TempRepository.Token;
    private static readonly RunId Run = new("7f3c2a");

    [Theory]
    [InlineData("core.splitIndex", "true")]
    [InlineData("core.untrackedCache", "true")]
    [InlineData("index.version", "4")]
    [InlineData("core.fsmonitor", "touch ran-fsmonitor")]
    [InlineData("core.autocrlf", "true")]
    [InlineData("core.quotePath", "true")]
    [InlineData("core.logAllRefUpdates", "false")]
    [InlineData("diff.external", "touch ran-external")]
    [InlineData("status.showUntrackedFiles", "no")]
    [InlineData("submodule.recurse", "true")]
    [InlineData("core.sharedRepository", "group")]
    [InlineData("add.ignoreErrors", "true")]
    public async Task SnapshotAndLand_WithASetting_BehaveAsWithout(string key, string value)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1\n"), ("gone.txt", "1\n"), ("mine.txt", "1\n"));
        temp.Git("config", key, value);
        temp.Git("-c", "core.fsmonitor=false", "update-index", "--force-write-index");
        temp.Write("mine.txt", "mine\n");
        temp.Write("untracked é.txt", "mine\n");
        var commit = await temp.PlannedAsync(("a.txt", "2\n"), ("gone.txt", null), ("new/é.txt", "2\n"));

        var snapshot = await temp.Repository.SnapshotAsync(Token);
        var outcome = await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token);

        Assert.Equal(await ExpectedAsync(temp, commit), (snapshot.Tree, outcome));
        Assert.Empty(Directory.GetFiles(temp.Root, "ran-*"));
        Assert.Equal(" M mine.txt\0?? untracked é.txt\0", temp.Git("-c", "core.fsmonitor=false", "status", "-z", "-uall"));
    }

    [Fact]
    public async Task LandAsync_FilterFailsInTheMiddle_PutsEverythingBack()
    {
        await using var temp = await TempRepository.WithAsync((".gitattributes", "z.txt filter=bad\n"), ("a.txt", "1"), ("gone.txt", "1"), ("z.txt", "1\n"));
        temp.Git("config", "filter.bad.required", "true");
        temp.Git("config", "filter.bad.clean", "cat");
        temp.Git("config", "filter.bad.smudge", "grep -v 2");
        var commit = await temp.PlannedAsync(("a.txt", "2"), ("gone.txt", null), ("new/b.txt", "2"), ("z.txt", "2\n"));
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();
        var fault = await Assert.ThrowsAsync<GitException>(() => new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token));
        Assert.StartsWith("The work tree could not be updated; it was put back.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task LandAsync_Cancelled_MovesNothing()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        var before = temp.State();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, new CancellationToken(canceled: true)));
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task LandAsync_WorkTreeElsewhere_Lands()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var elsewhere = Path.Combine(temp.Outside, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, "a.txt"), "1");
        temp.Git("config", "core.worktree", elsewhere);
        var commit = await temp.PlannedAsync(("a.txt", "2"), ("b.txt", "2"));
        // A gitfile, as worktree and dotfile tools leave it; git finds the repository from there.
        File.WriteAllText(Path.Combine(elsewhere, ".git"), $"gitdir: {temp.Full(".git")}\n");
        var repository = await GitRepository.OpenAsync(elsewhere, TimeProvider.System, Token);
        Assert.Equal(elsewhere, repository.Root);
        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token));
        Assert.Equal(("2", "2", ""), (File.ReadAllText(Path.Combine(elsewhere, "a.txt")), File.ReadAllText(Path.Combine(elsewhere, "b.txt")), TempRepository.GitIn(elsewhere, "status", "--porcelain")));
    }

    [Fact]
    public async Task LandAsync_ShallowClone_Lands()
    {
        await using var origin = await TempRepository.WithAsync(("a.txt", "0"));
        origin.Commit("second", ("a.txt", "1"));
        await using var temp = await TempRepository.EmptyAsync();
        temp.Git("fetch", "-q", "--depth=1", $"file://{origin.Root}", "main");
        temp.Git("reset", "-q", "--hard", "FETCH_HEAD");
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token));
        Assert.Equal((commit, ""), (temp.Head, temp.Git("status", "--porcelain")));
    }

    [Fact]
    public async Task LandAsync_PackedRefsAndObjects_Lands()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        temp.Git("gc", "-q");
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        temp.Git("repack", "-q", "-a", "-d");
        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token));
        Assert.Equal((commit, ""), (temp.Head, temp.Git("status", "--porcelain")));
    }

    [Fact]
    public async Task LandAsync_FileMovedByAnAgent_IsFoundAsARename()
    {
        await using var temp = await TempRepository.WithAsync(("old.txt", "1\n2\n3\n4\n"));
        var commit = await temp.PlannedAsync(("old.txt", null), ("sub/new.txt", "1\n2\n3\n4\n"));
        Assert.Equal(new LandingOutcome.Landed(commit), await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token));
        Assert.Equal("R100\told.txt\tsub/new.txt", temp.Git("log", "-1", "-M", "--name-status", "--format="));
    }

    [Theory]
    [InlineData("cherry-pick", "side")]
    [InlineData("revert", "HEAD~1")]
    [InlineData("rebase", "side")]
    [InlineData("bisect", "start")]
    public async Task LandAsync_OperationInProgress_IsRefused(params string[] command)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"), ("b.txt", "1"));
        temp.Git("switch", "-q", "-c", "side");
        temp.Commit("side", ("a.txt", "side"));
        temp.Git("switch", "-q", "main");
        temp.Commit("one", ("a.txt", "main"));
        temp.Commit("two", ("a.txt", "main 2"));
        var (head, commit) = (temp.Head, await temp.PlannedAsync(("b.txt", "2")));
        _ = Record.Exception(() => temp.Git(command));
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(Run, "landing"), commit, Token);
        var before = temp.State();
        var refused = Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", head, commit, Token));
        // A rebase detaches HEAD, which is the first thing that is seen.
        Assert.Equal(command[0] == "rebase" ? RefusalKind.BranchSwitched : RefusalKind.OperationInProgress, refused.Kind);
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task DeleteRefsAsync_AfterARefusedLanding_LeavesTheRepositoryAsBefore()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        temp.Write("a.txt", "mine");
        var before = temp.State();
        var commit = await temp.PlannedAsync(("a.txt", "2"));
        await new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token);
        Assert.Equal(commit.Value, temp.Git("rev-parse", "refs/planlane/7f3c2a/landing"));
        await temp.Repository.DeleteRefsAsync(Run, Token);
        Assert.Equal(before, temp.State());
    }

    private static async Task<(ObjectId, LandingOutcome)> ExpectedAsync(TempRepository temp, ObjectId commit)
    {
        var blob = await temp.BlobAsync("mine\n");
        var tree = await new TreeWriter(temp.Objects).WriteTreeAsync(
            temp.TreeOf("HEAD~1"), [new(new("mine.txt"), blob, FileModes.File), new(new("untracked é.txt"), blob, FileModes.File)], Token);
        return (tree, new LandingOutcome.Landed(commit));
    }
}
