using Planlane.Values;

namespace Planlane.Git;

public sealed class LandingUndoTests
{
    private static readonly CancellationToken Token = TempRepository.Token;
    private static readonly RunId Run = new("7f3c2a");

    [Fact]
    public async Task UndoAsync_OwnWorkElsewhere_TakesTheRunBackAndKeepsIt()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"), ("gone.txt", "1"), ("mine.txt", "1"));
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2"), ("gone.txt", null), ("new/b.txt", "2")));
        await LandAsync(temp, commit);
        temp.Write("mine.txt", "mine");
        temp.Write("new/untracked.txt", "mine");

        Assert.Equal(new LandingOutcome.Landed(old), await new Landing(temp.Repository).UndoAsync(Run, "refs/heads/main", old, commit, Token));

        Assert.Equal(old, temp.Head);
        Assert.Equal(" M mine.txt\n?? new/untracked.txt", temp.Git("status", "--porcelain", "-uall"));
        Assert.Equal("planlane: undo run 7f3c2a", temp.Git("log", "-g", "-1", "--format=%gs"));
    }

    [Fact]
    public async Task UndoAsync_BranchMovedOn_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2")));
        await LandAsync(temp, commit);
        temp.Commit("mine", ("b.txt", "1"));
        var before = temp.State();
        var refused = Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).UndoAsync(Run, "refs/heads/main", old, commit, Token));
        Assert.Equal(RefusalKind.HeadMoved, refused.Kind);
        Assert.Equal("main has moved on since the run landed.", refused.Reason);
        Assert.Equal(before, temp.State());
    }

    [Fact]
    public async Task UndoAsync_LandedFileEditedSince_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var (old, commit) = (temp.Head, await temp.PlannedAsync(("a.txt", "2")));
        await LandAsync(temp, commit);
        temp.Write("a.txt", "3");
        var before = temp.State();
        var refused = Assert.IsType<LandingOutcome.Refused>(await new Landing(temp.Repository).UndoAsync(Run, "refs/heads/main", old, commit, Token));
        Assert.Equal((RefusalKind.UserChangesInTheWay, [new RepoPath("a.txt")]), (refused.Kind, refused.Paths));
        Assert.Equal(before, temp.State());
    }

    private static Task<LandingOutcome> LandAsync(TempRepository temp, ObjectId commit) =>
        new Landing(temp.Repository).LandAsync(Run, "refs/heads/main", temp.Head, commit, Token);
}
