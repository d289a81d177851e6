using Planlane.Git;

namespace Planlane.Workspaces.Bases;

public sealed class ShadowRepositoryTests
{
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task OpenAsync_GitInTheBase_KnowsTheCommitAndNothingElse(string format)
    {
        await using var frozen = new FrozenRepository(await TempRepository.EmptyAsync(format));
        var temp = frozen.Temp;
        temp.Commit("An older commit", ("old.cs", "old secret"));
        temp.Git("rm", "-q", "old.cs");
        temp.Commit("The newest commit", ("a.cs", "1\n2\n"), ("folder/b.cs", "1"));
        temp.Git("branch", "-m", "feature/x");
        temp.Git("branch", "unfinished", "HEAD~1");
        temp.Git("remote", "add", "origin", "https://ada:token@example.com/a/b.git");
        temp.Git("config", "alias.st", "!touch ran");
        temp.Git("config", "filter.x.clean", "touch ran");
        temp.Write("a.cs", "1\n2\n3\n");
        TempRepository.WriteScript(temp.Full(".git/hooks/pre-commit"), "touch ran\n");

        var files = await frozen.OpenAsync();

        Assert.Equal(temp.Git("rev-parse", "HEAD"), FrozenRepository.GitIn(files, "rev-parse", "HEAD"));
        Assert.Equal("feature/x", FrozenRepository.GitIn(files, "branch", "--show-current"));
        Assert.Equal("The newest commit", FrozenRepository.GitIn(files, "log", "--format=%s"));
        Assert.Equal("refs/heads/feature/x", FrozenRepository.GitIn(files, "for-each-ref", "--format=%(refname)"));
        Assert.Equal("M  a.cs", FrozenRepository.GitIn(files, "status", "--porcelain"));
        Assert.Equal("", FrozenRepository.GitIn(files, "diff"));
        Assert.Equal("1\t0\ta.cs", FrozenRepository.GitIn(files, "diff", "HEAD", "--numstat"));
        Assert.Equal("https://example.com/a/b.git", FrozenRepository.GitIn(files, "config", "remote.origin.url"));
        Assert.DoesNotContain("touch", File.ReadAllText(Path.Combine(files.Folder, ".git/config")));
        Assert.False(Directory.Exists(Path.Combine(files.Folder, ".git/hooks")));
        var objects = FrozenRepository.GitIn(files, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").Split('\n').ToHashSet();
        Assert.Contains(temp.Git("rev-parse", "HEAD:a.cs"), objects);
        Assert.DoesNotContain(temp.Git("rev-parse", "HEAD~1:old.cs"), objects);
        Assert.Equal(7, objects.Count);
    }

    [Fact]
    public async Task OpenAsync_ObjectsOnAnotherDisk_MakesThePackWhereTheBaseIs()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "This system has no second disk to put the objects on.");
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"), ("b.cs", "1"));
        var elsewhere = Directory.CreateDirectory($"/dev/shm/planlane-test-{Guid.NewGuid():N}");
        try
        {
            var objects = frozen.Temp.Full(".git/objects");
            FrozenRepository.Run("cp", "-a", objects, Path.Combine(elsewhere.FullName, "objects"));
            Directory.Delete(objects, recursive: true);
            Directory.CreateSymbolicLink(objects, Path.Combine(elsewhere.FullName, "objects"));

            var files = await frozen.OpenAsync();

            Assert.Equal("", FrozenRepository.GitIn(files, "fsck", "--full"));
            Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task OpenAsync_SameCommitAgain_LinksItsPackAndAddsOnlyWhatIsUncommitted()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"), ("b.cs", "1"));
        var first = await frozen.OpenAsync("a1");
        frozen.Temp.Write("a.cs", "2");
        var second = await frozen.OpenAsync("b2");
        frozen.Temp.Commit("Next");
        var third = await frozen.OpenAsync("c3");

        Assert.Equal([1, 2, 1], new[] { first, second, third }.Select(files => Packs(files).Length));
        Assert.Subset(Packs(second).ToHashSet(), Packs(first).ToHashSet());
        Assert.Equal("M  a.cs", FrozenRepository.GitIn(second, "status", "--porcelain"));
        Assert.Equal("", FrozenRepository.GitIn(third, "status", "--porcelain"));
        Assert.Equal("", FrozenRepository.GitIn(third, "fsck", "--full"));
    }

    [Fact]
    public async Task OpenAsync_RulesOutsideOfTheTree_HoldInTheBase()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        frozen.Temp.Git("config", "core.excludesFile", Path.Combine(frozen.Temp.Outside, "ignore"));
        File.WriteAllText(Path.Combine(frozen.Temp.Outside, "ignore"), "*.swp");
        File.AppendAllText(frozen.Temp.Full(".git/info/exclude"), "local/\n");
        frozen.Temp.Write("a.swp", "1");
        frozen.Temp.Write("local/b", "1");

        var files = await frozen.OpenAsync();

        Assert.Equal(["a.cs", "a.swp", "local/b"], FrozenRepository.Names(files.Folder));
        Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Theory]
    [InlineData("https://ada:token@example.com/a.git", "https://example.com/a.git")]
    [InlineData("https://token@example.com", "https://example.com")]
    [InlineData("https://example.com/a@b.git", "https://example.com/a@b.git")]
    [InlineData("https://a:p@ss@example.com/a", "https://example.com/a")]
    [InlineData("git@example.com:a/b.git", "git@example.com:a/b.git")]
    [InlineData("../other", "../other")]
    public void WithoutLogin_AnAddress_HasNone(string url, string expected) => Assert.Equal(expected, ShadowSettings.WithoutLogin(url));

    private static string[] Packs(BaseFiles files) => [.. Directory.EnumerateFiles(Path.Combine(files.Folder, ".git/objects/pack"), "*.pack").Select(path => Path.GetFileName(path))];
}
