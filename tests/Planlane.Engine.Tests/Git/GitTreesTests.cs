using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

public sealed class GitTreesTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task WriteTreeAsync_AddEditDelete_IsWhatGitAddWrites(string format)
    {
        await using var temp = await TempRepository.EmptyAsync(format);
        temp.Commit("base", ("a/b/deep.txt", "1"), ("a/gone.txt", "1"), ("top.txt", "1"), ("only/one.txt", "1"));
        var tree = await temp.TreeAsync(("a/b/deep.txt", "2"), ("a/gone.txt", null), ("x/y/é new.txt", "3"), ("only/one.txt", null), ("never.txt", null));
        File.Delete(temp.Full("a/gone.txt"));
        File.Delete(temp.Full("only/one.txt"));
        temp.Commit("the same by git", ("a/b/deep.txt", "2"), ("x/y/é new.txt", "3"));
        Assert.Equal(temp.TreeOf("HEAD"), tree);
    }

    [Fact]
    public async Task WriteTreeAsync_AllDeleted_IsTheEmptyTree()
    {
        await using var temp = await TempRepository.WithAsync(("a/b.txt", "1"));
        Assert.Equal("4b825dc642cb6eb9a060e54bf8d69288fbee4904", (await temp.TreeAsync(("a/b.txt", null))).Value);
    }

    [Theory]
    [InlineData("file/inner.txt")]
    [InlineData("folder")]
    [InlineData("FILE")]
    [InlineData("Folder/other.txt")]
    [InlineData("e\u0301.txt")]
    [InlineData("../out.txt")]
    [InlineData("a/.GIT/config")]
    [InlineData("git~1/config")]
    [InlineData("/etc/passwd")]
    public async Task WriteTreeAsync_PathThatCollidesOrEscapes_IsRefused(string path)
    {
        await using var temp = await TempRepository.WithAsync(("file", "1"), ("folder/a.txt", "1"), ("é.txt", "1"));
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => temp.TreeAsync((path, "2")));
        Assert.Equal(FaultKind.ChecksFailed, fault.Kind);
    }

    [Fact]
    public async Task WriteTreeAsync_FileBecomesFolderWithItsDeletion_AndBack()
    {
        await using var temp = await TempRepository.WithAsync(("file", "1"), ("folder/a.txt", "1"));
        var tree = await temp.TreeAsync(("file", null), ("file/inner.txt", "2"), ("folder/a.txt", null), ("folder", "2"));
        Assert.Equal(["file/inner.txt", "folder"], (await temp.Repository.ListTreeAsync(tree, Token)).Keys.Select(path => path.Value));
    }

    [Fact]
    public async Task WriteTreeAsync_NamedTwiceOrBothFileAndFolder_IsRefused()
    {
        await using var temp = await TempRepository.WithAsync(("a", "1"));
        await Assert.ThrowsAsync<PlanlaneException>(() => temp.TreeAsync(("b", "1"), ("b", "2")));
        await Assert.ThrowsAsync<PlanlaneException>(() => temp.TreeAsync(("b", "1"), ("b/c", "2")));
    }

    [Fact]
    public async Task WriteTreeAsync_InsideASubmodule_IsRefusedAndTheSubmoduleSurvivesOtherChanges()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        temp.Git("update-index", "--add", "--cacheinfo", $"160000,{temp.Head},sub");
        temp.Git("commit", "-q", "-m", "submodule");
        await Assert.ThrowsAsync<PlanlaneException>(() => temp.TreeAsync(("sub/x.txt", "1")));
        var entries = await temp.Repository.ListTreeAsync(await temp.TreeAsync(("a.txt", "2")), Token);
        Assert.Equal(new TreeEntry(FileModes.Submodule, new ObjectId(temp.Git("rev-parse", "HEAD~1")), null), entries[new RepoPath("sub")]);
    }

    [Fact]
    public async Task WriteTreeAsync_BesideANameThatIsNotUtf8_KeepsItsBytes()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var blob = await temp.BlobAsync("1");
        byte[] entry = [.. Encoding.ASCII.GetBytes($"100644 blob {blob}\tbad-"), 0xFF, 0, .. Encoding.ASCII.GetBytes($"100644 blob {blob}\ta.txt\0")];
        var odd = new ObjectId(await temp.Repository.Cli.TextAsync(new GitCall("mktree", "-z") { Input = entry }, Token));
        var writer = new TreeWriter(temp.Objects);
        var changed = await writer.WriteTreeAsync(odd, [new TreeChange(new RepoPath("b.txt"), blob, FileModes.File)], Token);
        Assert.Equal(odd, await writer.WriteTreeAsync(changed, [new TreeChange(new RepoPath("b.txt"), null, "")], Token));
    }

    [Fact]
    public async Task ReadBlobAsync_ManyAtOnce_EachGetsItsOwnBytes()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        var contents = Enumerable.Range(0, 20).Select(number => Enumerable.Range(0, number * 5000).Select(at => (byte)(at * number)).ToArray()).ToList();
        var blobs = await Task.WhenAll(contents.Select(bytes => temp.Objects.WriteBlobAsync(bytes, Token)));
        Assert.Equal(contents, await Task.WhenAll(blobs.Select(blob => temp.Objects.ReadBlobAsync(blob, Token))));
    }

    [Fact]
    public async Task ReadBlobAsync_MissingOrNoBlob_ThrowsAndGoesOn()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "1"));
        await Assert.ThrowsAsync<GitException>(() => temp.Objects.ReadBlobAsync(new ObjectId(new string('1', 40)), Token));
        await Assert.ThrowsAsync<GitException>(() => temp.Objects.ReadBlobAsync(temp.TreeOf("HEAD"), Token));
        Assert.Equal("1"u8.ToArray(), await temp.Objects.ReadBlobAsync(new ObjectId(temp.Git("rev-parse", "HEAD:a.txt")), Token));
    }

    [Fact]
    public async Task DiffStatAsync_AddedModifiedDeletedBinary_AreCounted()
    {
        await using var temp = await TempRepository.WithAsync(("edit.txt", "1\n2\n3\n"), ("gone.txt", "1\n"), ("odd\tname.txt", "1\n"));
        var old = temp.TreeOf("HEAD");
        File.Delete(temp.Full("gone.txt"));
        temp.Commit("next", ("edit.txt", "1\n3\n4\n5\n"), ("new.bin", "a\0b"), ("odd\tname.txt", "2\n"));
        var (edit, gone) = (temp.Git("rev-parse", "HEAD:edit.txt"), temp.Git("rev-parse", "HEAD~1:gone.txt"));
        Assert.Equal(
            [
                new TreeDifference(new("edit.txt"), 'M', FileModes.File, FileModes.File, new ObjectId(temp.Git("rev-parse", "HEAD~1:edit.txt")), new ObjectId(edit), 2, 1),
                new TreeDifference(new("gone.txt"), 'D', FileModes.File, FileModes.None, new ObjectId(gone), null, 0, 1),
                new TreeDifference(new("new.bin"), 'A', FileModes.None, FileModes.File, null, new ObjectId(temp.Git("rev-parse", "HEAD:new.bin")), null, null),
                new TreeDifference(
                    new("odd\tname.txt"), 'M', FileModes.File, FileModes.File, new ObjectId(temp.Git("rev-parse", "HEAD~1:odd\tname.txt")), new ObjectId(temp.Git("rev-parse", "HEAD:odd\tname.txt")), 1, 1),
            ],
            await temp.Repository.DiffStatAsync(old, temp.TreeOf("HEAD"), Token));
    }

    [Fact]
    public async Task GrepAsync_MoreThanTheLimit_IsTruncated()
    {
        await using var temp = await TempRepository.WithAsync(("a.txt", "one\ntwo\none more\n"), ("src/b.txt", "one\n"), ("c.bin", "one\0"));
        var tree = temp.TreeOf("HEAD");
        ValueList<GrepHit> all = [new(new("a.txt"), 1, "one"), new(new("a.txt"), 3, "one more"), new(new("src/b.txt"), 1, "one")];
        Assert.Equal(new GrepAnswer(all, false, null), await temp.Repository.GrepAsync(tree, "^one", [], 3, Token));
        Assert.Equal(new GrepAnswer([all[0]], true, null), await temp.Repository.GrepAsync(tree, "^one", [], 1, Token));
        Assert.Equal(new GrepAnswer([all[2]], false, null), await temp.Repository.GrepAsync(tree, "^one", ["src"], 3, Token));
        Assert.Equal(new GrepAnswer([], false, null), await temp.Repository.GrepAsync(tree, "nowhere", [], 3, Token));
        Assert.NotNull((await temp.Repository.GrepAsync(tree, "(", [], 3, Token)).Problem);
    }
}
