namespace Planlane.Git;

public sealed class TreeMergerTests
{
    private const string Lines = "1\n2\n3\n4\n5\n6\n7\n";

    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task MergeAsync_DifferentFiles_HasBoth()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1\n"), ("b.txt", "1\n"), ("gone.txt", "1\n"));
        var (before, state) = (temp.TreeOf("HEAD"), temp.State());
        var (ours, theirs, both) = (await temp.TreeAsync(("a.txt", "2\n"), ("gone.txt", null)), await temp.TreeAsync(("b.txt", "2\n"), ("new.txt", "2\n")), await temp.TreeAsync(("a.txt", "2\n"), ("gone.txt", null), ("b.txt", "2\n"), ("new.txt", "2\n")));
        var merger = new TreeMerger(temp.Repository);

        Assert.Equal(new TreeMerge(both, []), await merger.MergeAsync(before, ours, theirs, Token));
        Assert.Equal(new TreeMerge(both, []), await merger.MergeAsync(before, theirs, ours, Token));
        Assert.Equal(new TreeMerge(ours, []), await merger.MergeAsync(before, ours, before, Token));
        Assert.Equal(new TreeMerge(theirs, []), await merger.MergeAsync(before, before, theirs, Token));
        Assert.Equal(new TreeMerge(before, []), await merger.MergeAsync(both, both, before, Token));
        Assert.Equal(state, temp.State());
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task MergeAsync_SameLines_NamesThePath(string format)
    {
        await using var temp = await TempRepository.EmptyAsync(format);
        temp.Commit("base", ("dir/a b.txt", Lines), ("c.txt", Lines));
        var merge = await new TreeMerger(temp.Repository).MergeAsync(
            temp.TreeOf("HEAD"), await temp.TreeAsync(("dir/a b.txt", "x\n"), ("c.txt", Lines + "8\n")), await temp.TreeAsync(("dir/a b.txt", "y\n"), ("c.txt", "0\n" + Lines)), Token);
        Assert.Equal([new("dir/a b.txt")], merge.Conflicts);
        Assert.Equal("0\n" + Lines + "8", temp.Git("show", $"{merge.Tree}:c.txt"));
    }

    [Fact]
    public async Task MergeAsync_OneSideDeletedWhatTheOtherChanged_NamesThePath()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", Lines));
        var merge = await new TreeMerger(temp.Repository).MergeAsync(temp.TreeOf("HEAD"), await temp.TreeAsync(("a.txt", null)), await temp.TreeAsync(("a.txt", Lines + "8\n")), Token);
        Assert.Equal([new("a.txt")], merge.Conflicts);
    }

    [Fact]
    public async Task MergeAsync_OneSideMovedTheFile_ChangesFollowItAndNewFilesStayWhereTheyAre()
    {
        await using var temp = await TempRepository.WithAsync(("old/a.txt", Lines), ("old/b.txt", Lines));
        var moved = await temp.TreeAsync(("old/a.txt", null), ("old/b.txt", null), ("new/a.txt", Lines), ("new/b.txt", Lines));
        var merge = await new TreeMerger(temp.Repository).MergeAsync(temp.TreeOf("HEAD"), moved, await temp.TreeAsync(("old/a.txt", Lines + "8\n"), ("old/c.txt", "c\n")), Token);
        Assert.Empty(merge.Conflicts);
        Assert.Equal("new/a.txt\nnew/b.txt\nold/c.txt", temp.Git("ls-tree", "-r", "--name-only", merge.Tree.Value));
    }

    [Fact]
    public async Task MergeAsync_MergeDriverOfTheUser_IsNotRunAndTheFileIsInConflict()
    {
        await using var temp = await TempRepository.WithAsync((".gitattributes", "*.txt merge=mine\n"), ("a.txt", Lines));
        temp.Git("config", "merge.mine.driver", $"touch '{temp.Outside}/ran'");
        var merge = await new TreeMerger(temp.Repository).MergeAsync(temp.TreeOf("HEAD"), await temp.TreeAsync(("a.txt", "0\n" + Lines)), await temp.TreeAsync(("a.txt", Lines + "8\n")), Token);
        Assert.Equal([new("a.txt")], merge.Conflicts);
        Assert.False(File.Exists(Path.Combine(temp.Outside, "ran")));
    }
}
