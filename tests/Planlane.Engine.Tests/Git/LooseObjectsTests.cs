using System.Text;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Git;

/// <summary>Objects that are written past git are what git itself would have written.</summary>
public sealed class LooseObjectsTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Theory]
    [InlineData("sha1", "")]
    [InlineData("sha1", "line\r\nend without a break \0 ä")]
    [InlineData("sha256", "line\n")]
    public async Task WriteBlobAsync_Bytes_AreTheObjectThatGitMakesOfThem(string format, string text)
    {
        await using var temp = await TempRepository.EmptyAsync(format);
        var bytes = Encoding.UTF8.GetBytes(text);

        var blob = await temp.Objects.WriteBlobAsync(bytes, Token);
        var again = await temp.Objects.WriteBlobAsync(bytes, Token);

        var byGit = await temp.Repository.Cli.TextAsync(new GitCall("hash-object", "--stdin", "--no-filters") { Input = bytes }, Token);
        Assert.Equal((byGit, byGit), (blob.Value, again.Value));
        Assert.Equal(bytes, await temp.Objects.ReadBlobAsync(blob, Token));
        await temp.Repository.Cli.RunAsync(new GitCall("fsck", "--strict", "--no-dangling"), Token);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(temp.Repository.CommonDir, "objects"), "tmp_obj_*", SearchOption.AllDirectories));
    }

    // A collection of git removes what no ref names and what is old; an agent may write again what somebody wrote long ago.
    [Fact]
    public async Task Write_ObjectThatIsThereSinceLong_MakesItYoung()
    {
        await using var temp = await TempRepository.EmptyAsync();
        var blob = await temp.Objects.WriteBlobAsync("text"u8.ToArray(), Token);
        var entries = new Dictionary<string, (string, ObjectId)> { ["a"] = ("100644", blob) };
        var tree = await temp.Objects.WriteTreeAsync(entries, Token);
        var files = new[] { blob, tree }.Select(id => Path.Combine(temp.Repository.CommonDir, "objects", id.Value[..2], id.Value[2..])).ToList();
        files.ForEach(file => File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        await using var another = new GitObjects(temp.Repository);

        await another.WriteBlobAsync("text"u8.ToArray(), Token);
        await another.WriteTreeAsync(entries, Token);

        Assert.All(files, file => Assert.True(File.GetLastWriteTimeUtc(file) > new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), file));
        await temp.Repository.Cli.RunAsync(new GitCall("fsck", "--strict", "--no-dangling"), Token);
    }

    [Fact]
    public async Task WriteBlobAsync_ManyAtOnce_StoresEachOnce()
    {
        await using var temp = await TempRepository.EmptyAsync();
        var texts = Enumerable.Range(0, 200).Select(number => Encoding.UTF8.GetBytes($"{number % 50}")).ToList();

        var blobs = await Task.WhenAll(texts.Select(text => temp.Objects.WriteBlobAsync(text, Token)));

        Assert.Equal(50, blobs.Distinct().Count());
        await temp.Repository.Cli.RunAsync(new GitCall("fsck", "--strict", "--no-dangling"), Token);
    }

    [Fact]
    public async Task WriteBlobAsync_FolderThatCannotBeWritten_SaysWhatToDo()
    {
        await using var temp = await TempRepository.EmptyAsync();
        // A file where the object's folder would be: also for a user who may write everything.
        var bytes = Encoding.UTF8.GetBytes("text");
        var id = await temp.Repository.Cli.TextAsync(new GitCall("hash-object", "--stdin") { Input = bytes }, Token);
        await File.WriteAllTextAsync(Path.Combine(temp.Repository.CommonDir, "objects", id[..2]), "", Token);

        var fault = await Assert.ThrowsAsync<GitException>(() => temp.Objects.WriteBlobAsync(bytes, Token));

        Assert.Equal(FaultKind.Failed, fault.Kind);
        Assert.Contains("Make room", fault.Hint);
    }

    [Fact]
    public async Task WriteTreeAsync_NamesThatSortDifferentlyAsFoldersAndFiles_StandAsGitWantsThem()
    {
        await using var temp = await TempRepository.WithAsync(("a/x", "1"), ("a.txt", "1"), ("a0", "1"), ("a-b/x", "1"), ("é/x", "1"), ("z", "1"));

        var tree = await temp.TreeAsync(("z", "2"), ("a/y", "2"), ("a-b/x", null), ("a-b", "2"));

        await temp.Repository.Cli.RunAsync(new GitCall("fsck", "--strict", "--no-dangling"), Token);
        Assert.Equal(["a-b", "a.txt", "a/x", "a/y", "a0", "z", "é/x"], (await temp.Repository.ListTreeAsync(tree, Token)).Keys.Select(path => path.Value));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task WriteBlobAsync_RepositoryThatUsersShare_LeavesTheModesToGit()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var temp = await TempRepository.EmptyAsync();
        await temp.Repository.Cli.RunAsync(new GitCall("init", "-q", "--shared=group"), Token);
        var opened = await GitRepository.OpenAsync(temp.Repository.Root, TimeProvider.System, Token);
        await using var objects = new GitObjects(opened);

        var blob = await objects.WriteBlobAsync(Encoding.UTF8.GetBytes("text"), Token);

        Assert.False(opened.IsPlain);
        var folder = Path.Combine(opened.CommonDir, "objects", blob.Value[..2]);
        Assert.True(File.GetUnixFileMode(folder).HasFlag(UnixFileMode.GroupWrite | UnixFileMode.SetGroup), $"{File.GetUnixFileMode(folder)}");
    }

    [Fact]
    public async Task CompareAsync_AskedAgainAndAgain_IsWhatGitSaysEachTime()
    {
        await using var temp = await TempRepository.WithAsync(("kept", "1\n"), ("gone", "1\n2\n"), ("old name\tä", "1\n"));
        var before = temp.TreeOf("HEAD");
        var after = await temp.TreeAsync(("gone", null), ("kept", "2\n3\n"), ("new/file", "1"));

        Assert.Empty(await temp.Objects.CompareAsync(before, before, Token));
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => temp.Objects.CompareAsync(before, after, Token)));

        var byGit = await temp.Repository.DiffStatAsync(before, after, Token);
        Assert.Equal(3, byGit.Count);
        Assert.All(all, answer => Assert.Equal(byGit, answer));
    }

    [Fact]
    public async Task CompareAsync_TreeThatIsNotThere_FailsAndTheNextOneIsAnswered()
    {
        await using var temp = await TempRepository.WithAsync(("a", "1\n"));
        var tree = temp.TreeOf("HEAD");

        await Assert.ThrowsAsync<GitException>(() => temp.Objects.CompareAsync(tree, new ObjectId(new string('1', 40)), Token));

        Assert.Single(await temp.Objects.CompareAsync(tree, await temp.TreeAsync(("a", "2\n")), Token));
    }
}
