using Planlane.Git;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces.Bases;

public sealed class BaseKeeperTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task OpenAsync_WorkInProgressAndBuildState_AreFrozenWithTheirTimesAndNothingIsSeenOfIt()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "bin/\n*.cache\n"), ("src/a.cs", "1"), ("src/b.cs", "1"), ("run.sh", "#!/bin/sh\n"));
        var temp = frozen.Temp;
        temp.Write("src/b.cs", "edited");
        temp.Write("src/new.cs", "untracked");
        temp.Write("src/bin/deep/b.dll", "built");
        temp.Write("x.cache", "state");
        FrozenRepository.Run("chmod", "755", temp.Full("run.sh"));
        File.CreateSymbolicLink(temp.Full("link"), "src/a.cs");
        FrozenRepository.Run("touch", "-d", "2026-01-02 03:04:05.123456789", temp.Full("src/a.cs"), temp.Full("src/bin/deep/b.dll"), temp.Full("src/bin/deep"));
        var before = temp.State();

        var files = await frozen.OpenAsync();

        Assert.Equal([".gitignore", "link", "run.sh", "src/a.cs", "src/b.cs", "src/bin/deep/b.dll", "src/new.cs", "x.cache"], FrozenRepository.Names(files.Folder));
        Assert.Equal("edited", File.ReadAllText(Path.Combine(files.Folder, "src/b.cs")));
        Assert.Equal("src/a.cs", new FileInfo(Path.Combine(files.Folder, "link")).LinkTarget);
        foreach (var path in new[] { "src/a.cs", "src/bin/deep/b.dll", "src/bin/deep", "run.sh", "link", "x.cache" })
            Assert.Equal(Stat(temp.Root, path), Stat(files.Folder, path));
        Assert.Equal(before, temp.State());
        Assert.Equal(" M run.sh\n M src/b.cs\n?? link\n?? src/new.cs", temp.Git("status", "--porcelain"));
        Assert.Equal("main", temp.Git("for-each-ref", "--format=%(refname:short)"));
        Assert.Single(temp.Git("worktree", "list").Split('\n'));
    }

    [Fact]
    public async Task OpenAsync_FilesThatChangedSinceTheSnapshot_ComeFromTheTreeAsTheyAreCheckedOut()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitattributes", "*.txt eol=crlf\n"), (".gitignore", "*.o\n"), ("was/folder", "1"), ("edited.txt", "one\r\ntwo\r\n"), ("gone.txt", "1\r\n"), ("kept.txt", "1\r\n"), ("kind", "file"), ("quiet", "old"), ("folder/inner", "1"));
        var temp = frozen.Temp;
        var state = await frozen.BeginAsync();
        temp.Write("edited.txt", "later\r\n");
        File.Delete(temp.Full("gone.txt"));
        File.Delete(temp.Full("kind"));
        temp.Write("kind/ignored.o", "in the way of a file");
        File.AppendAllText(temp.Full(".git/info/exclude"), "/was\n");
        Directory.Delete(temp.Full("was"), recursive: true);
        temp.Write("was", "in the way of a folder");
        temp.Git("update-index", "--assume-unchanged", "quiet");
        temp.Write("quiet", "new");
        Directory.Move(temp.Full("folder"), Path.Combine(temp.Outside, "folder"));
        Directory.CreateSymbolicLink(temp.Full("folder"), Path.Combine(temp.Outside, "folder"));
        File.WriteAllText(Path.Combine(temp.Outside, "folder/inner"), "not ours");

        var files = await frozen.Keeper().OpenAsync(state, Token);

        Assert.Equal(
            ["one\r\ntwo\r\n", "1\r\n", "1\r\n", "file", "old", "1", "1"],
            new[] { "edited.txt", "gone.txt", "kept.txt", "kind", "quiet", "folder/inner", "was/folder" }.Select(path => File.ReadAllText(Path.Combine(files.Folder, path))));
        Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Fact]
    public async Task OpenAsync_NextRun_LinksWhatIsTheSameAndCopiesWhatIsNot()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "bin/\n"), ("same.cs", "1"), ("edited.cs", "1"), ("gone.cs", "1"));
        frozen.Temp.Write("bin/same.dll", "1");
        frozen.Temp.Write("bin/built.dll", "1");
        var first = await frozen.OpenAsync("a1");
        frozen.Temp.Write("edited.cs", "2");
        frozen.Temp.Write("bin/built.dll", "2");
        File.Delete(frozen.Temp.Full("gone.cs"));

        var second = await frozen.OpenAsync("b2");

        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Equal([".gitignore", "bin/built.dll", "bin/same.dll", "edited.cs", "same.cs"], FrozenRepository.Names(second.Folder));
        Assert.Equal(
            [true, true, false, false],
            new[] { "same.cs", "bin/same.dll", "edited.cs", "bin/built.dll" }.Select(path => Inode(first.Folder, path) == Inode(second.Folder, path)));
        Assert.Equal(("1", "2"), (File.ReadAllText(Path.Combine(first.Folder, "edited.cs")), File.ReadAllText(Path.Combine(second.Folder, "edited.cs"))));
        Assert.Equal(" D gone.cs\n M edited.cs".Split('\n').Order(), frozen.Temp.Git("status", "--porcelain").Split('\n').Order());
        Assert.Equal("", FrozenRepository.GitIn(second, "diff"));
    }

    [Fact]
    public async Task OpenAsync_SameRunInAnotherProcess_KeepsItsBaseWhateverTheUserDid()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        var state = await frozen.BeginAsync();
        var first = await frozen.Keeper().OpenAsync(state, Token);
        frozen.Temp.Write("a.cs", "later");
        frozen.Temp.Write("b.cs", "later");

        var again = await frozen.Keeper().OpenAsync(state, Token);

        Assert.Equal(first, again);
        Assert.Equal("1", File.ReadAllText(Path.Combine(again.Folder, "a.cs")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_DamagedBase_IsMadeAgain(bool isAnotherRun)
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"), ("b.cs", "1"));
        var state = await frozen.BeginAsync();
        var first = await frozen.Keeper().OpenAsync(state, Token);
        File.WriteAllText(Path.Combine(first.Folder, "a.cs"), "written in place");

        var again = await frozen.Keeper().OpenAsync(isAnotherRun ? await frozen.BeginAsync("b2") : state, Token);

        Assert.Equal(["1", "1"], new[] { "a.cs", "b.cs" }.Select(path => File.ReadAllText(Path.Combine(again.Folder, path))));
    }

    [Fact]
    public async Task OpenAsync_AfterAKilledProcess_RemovesWhatItLeftAndNotWhatAnotherMakes()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        var bases = frozen.Folders.Bases;
        var (dead, alive) = (Path.Combine(bases, "dead.part"), Path.Combine(bases, "alive.part"));
        Directory.CreateDirectory(Path.Combine(dead, "files"));
        File.WriteAllText(Path.Combine(dead, "files/a.cs"), "half");
        File.WriteAllText(dead + ".lock", "");
        using var making = new BaseUnderWay(alive);

        await frozen.OpenAsync();

        Assert.Equal((false, true), (Path.Exists(dead), Path.Exists(alive)));
        Assert.False(Path.Exists(dead + ".lock"));
    }

    [Fact]
    public async Task OpenAsync_OlderBases_StayWhileARunClaimsThem()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        var first = await frozen.OpenAsync("a1");
        frozen.Temp.Write("a.cs", "2");
        var second = await frozen.OpenAsync("b2");
        Assert.True(Directory.Exists(first.Folder));

        frozen.Folders.RemoveWorkspaces(new RunId("a1"));
        frozen.Folders.RemoveWorkspaces(new RunId("b2"));
        frozen.Temp.Write("a.cs", "3");
        var third = await frozen.OpenAsync("c3");

        Assert.Equal((false, false, true), (Directory.Exists(first.Folder), Directory.Exists(second.Folder), Directory.Exists(third.Folder)));
    }

    [Fact]
    public async Task OpenAsync_ClaimThatAnotherProcessRemovesBetweenTwoLooks_IsNone()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        // A link to nothing is there for whoever lists and gone for whoever reads.
        foreach (var run in new[] { "a1", "b2" })
        {
            Directory.CreateDirectory(frozen.Folders.BaseOf(new RunId(run)));
            File.CreateSymbolicLink(Path.Combine(frozen.Folders.BaseOf(new RunId(run)), "base"), Path.Combine(frozen.Temp.Outside, "gone"));
        }

        var files = await frozen.OpenAsync("a1");

        Assert.Equal("1", File.ReadAllText(Path.Combine(files.Folder, "a.cs")));
    }

    [Fact]
    public async Task OpenAsync_ManyAtOnceInSeveralProcesses_AllGetOneWholeBase()
    {
        await using var frozen = await FrozenRepository.WithAsync([.. Enumerable.Range(0, 50).Select(at => ($"f{at}.cs", $"{at}"))]);
        var states = await Task.WhenAll(Enumerable.Range(0, 4).Select(at => frozen.BeginAsync($"r{at}")));
        var keepers = new[] { frozen.Keeper(), frozen.Keeper() };

        var opened = await Task.WhenAll(states.SelectMany(state => keepers.Select(keeper => keeper.OpenAsync(state, Token))));

        Assert.Single(opened.Select(files => files.Folder).Distinct());
        Assert.Equal(50, FrozenRepository.Names(opened[0].Folder).Count());
        Assert.Equal([Path.GetFileName(Path.GetDirectoryName(opened[0].Folder)!), "runs"], Directory.EnumerateFileSystemEntries(frozen.Folders.Bases).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_Cancelled_LeavesNothingAndTheNextCallBeginsAnew()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        var state = await frozen.BeginAsync();
        var keeper = frozen.Keeper();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeper.OpenAsync(state, new CancellationToken(canceled: true)));
        Assert.Equal("1", File.ReadAllText(Path.Combine((await keeper.OpenAsync(state, Token)).Folder, "a.cs")));
    }

    [Fact]
    public async Task OpenAsync_NoPlaceForTheCopy_IsAFaultWithAHint()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.cs", "1"));
        var state = await frozen.BeginAsync();
        File.WriteAllText(Path.Combine(frozen.Temp.Repository.CommonDir, "planlane"), "in the way");

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => frozen.Keeper().OpenAsync(state, Token));

        Assert.Equal(FaultKind.Failed, fault.Kind);
        Assert.Equal("Make room or mend the rights, and resume the run.", fault.Hint);
    }

    private static string Stat(string root, string path) => FrozenRepository.Run("stat", "-c", "%y %a %s %F", Path.Combine(root, path)).Replace("4096", "", StringComparison.Ordinal);

    private static string Inode(string root, string path) => FrozenRepository.Run("stat", "-c", "%i", Path.Combine(root, path));
}
