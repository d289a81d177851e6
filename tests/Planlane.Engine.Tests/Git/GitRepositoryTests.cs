using Microsoft.Extensions.Time.Testing;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

public sealed class GitRepositoryTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task OpenAsync_FromAFolderOfTheWorkTree_FindsTheRoot()
    {
        await using var temp = await TempRepository.WithAsync(("src/a.txt", "a"));
        var opened = await GitRepository.OpenAsync(temp.Full("src"), new FakeTimeProvider(), Token);
        Assert.Equal((temp.Root, temp.Full(".git"), temp.Full(".git"), "sha1"), (opened.Root, opened.GitDir, opened.CommonDir, opened.ObjectFormat));
    }

    [Fact]
    public async Task OpenAsync_FromALinkedWorkTree_TellsItsOwnFolderFromTheCommonOne()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        var linked = Path.Combine(temp.Outside, "linked");
        temp.Git("worktree", "add", "-q", linked);
        var opened = await GitRepository.OpenAsync(linked, new FakeTimeProvider(), Token);
        Assert.Equal((linked, temp.Full(".git/worktrees/linked"), temp.Full(".git")), (opened.Root, opened.GitDir, opened.CommonDir));
    }

    [Fact]
    public async Task OpenAsync_OutsideOfARepository_SaysWhatToDo()
    {
        await using var temp = await TempRepository.EmptyAsync();
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => GitRepository.OpenAsync(temp.Outside, new FakeTimeProvider(), Token));
        Assert.Equal((FaultKind.Usage, "Run `git init` and make a first commit, or cd into a repository."), (fault.Kind, fault.Hint));
    }

    [Fact]
    public async Task OpenAsync_BareRepository_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        var bare = Path.Combine(temp.Outside, "bare.git");
        temp.Git("clone", "-q", "--bare", ".", bare);
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => GitRepository.OpenAsync(bare, new FakeTimeProvider(), Token));
        Assert.Equal((FaultKind.Usage, "Clone it and start in the clone."), (fault.Kind, fault.Hint));
    }

    [Fact]
    public async Task GetStateAsync_EmptyRepository_HasABranchAndNoHead()
    {
        await using var temp = await TempRepository.EmptyAsync();
        Assert.Equal(new RepositoryState(null, "refs/heads/main", GitOperation.None, true), await temp.Repository.GetStateAsync(Token));
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => temp.Repository.EnsureRunnableAsync(Token));
        Assert.Equal((FaultKind.Usage, "Make a first commit: `git add -A && git commit`."), (fault.Kind, fault.Hint));
    }

    [Fact]
    public async Task EnsureRunnableAsync_DetachedHead_IsOneWithoutABranch()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        temp.Git("switch", "-q", "--detach");
        Assert.Equal(new RepositoryState(temp.Head, null, GitOperation.None, true), await temp.Repository.EnsureRunnableAsync(Token));
    }

    [Fact]
    public async Task EnsureRunnableAsync_NoIdentity_SaysHowToSetIt()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        temp.Git("config", "user.name", "");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => temp.Repository.EnsureRunnableAsync(Token));
        Assert.Equal("Git does not know who you are.", fault.Message);
    }

    [Theory]
    [InlineData(GitOperation.Merge, "merge", "side")]
    [InlineData(GitOperation.CherryPick, "cherry-pick", "side")]
    [InlineData(GitOperation.Rebase, "rebase", "side")]
    [InlineData(GitOperation.Revert, "revert", "HEAD~1")]
    [InlineData(GitOperation.Bisect, "bisect", "start")]
    public async Task EnsureRunnableAsync_OperationInProgress_IsRefused(GitOperation operation, params string[] command)
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        temp.Git("switch", "-q", "-c", "side");
        temp.Commit("side", ("a.txt", "side"));
        temp.Git("switch", "-q", "main");
        temp.Commit("one", ("a.txt", "main"));
        temp.Commit("two", ("a.txt", "main 2"));
        _ = Record.Exception(() => temp.Git(command));

        Assert.Equal(operation, (await temp.Repository.GetStateAsync(Token)).Operation);
        await Assert.ThrowsAsync<PlanlaneException>(() => temp.Repository.EnsureRunnableAsync(Token));
    }

    [Fact]
    public async Task DeleteRefsAsync_OfARun_LeavesOtherRefs()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        var before = temp.State();
        var run = new RunId("7f3c2a");
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(run, "base"), temp.TreeOf("HEAD"), Token);
        await temp.Repository.SetRefAsync(GitRepository.PrivateRef(run, "landing"), temp.Head, Token);
        Assert.NotEqual(before, temp.State());
        await temp.Repository.DeleteRefsAsync(run, Token);
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task SnapshotAsync_StagedUnstagedAndUntracked_AreInTheTreeAndNothingMoves()
    {
        await using var temp = await TempRepository.WithAsync((".gitignore", "*.log\n"), ("staged.txt", "1"), ("edited.txt", "1"), ("gone.txt", "1"), ("kept.txt", "1"));
        temp.Write("staged.txt", "2");
        temp.Git("add", "staged.txt");
        temp.Write("edited.txt", "2");
        temp.Write("new/odd name é.txt", "2");
        temp.Write("build.log", "2");
        File.Delete(temp.Full("gone.txt"));
        TempRepository.GitIn(temp.Root, "init", "-q", "nested");
        temp.Write("nested/inner.txt", "2");
        var before = temp.State();

        var snapshot = await temp.Repository.SnapshotAsync(Token);

        Assert.Equal(before, temp.State());
        Assert.Equal(
            new Snapshot(
                temp.Head,
                await temp.TreeAsync(("staged.txt", "2"), ("edited.txt", "2"), ("new/odd name é.txt", "2"), ("gone.txt", null)),
                "refs/heads/main",
                [new("edited.txt"), new("gone.txt"), new("new/odd name é.txt"), new("staged.txt")]),
            snapshot);
    }

    [Fact]
    public async Task SnapshotAsync_CleanWorkTree_IsTheTreeOfHead()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "a"));
        Assert.Equal(new Snapshot(temp.Head, temp.TreeOf("HEAD"), "refs/heads/main", []), await temp.Repository.SnapshotAsync(Token));
    }
}
