using Planlane.Git;
using Planlane.Hosting;
using Planlane.Requests;
using Planlane.Runs;

namespace Planlane.Workspaces.Bases;

public sealed class OddRepositoryTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task OpenAsync_Submodules_AreFilesWithoutTheirRepositories()
    {
        await using var inner = await TempRepository.WithAsync(("lib.c", "1"), (".gitignore", "*.o\n.env\n"));
        await using var frozen = await FrozenRepository.WithAsync(("a.c", "1"));
        var temp = frozen.Temp;
        foreach (var name in new[] { "lib", "absent" })
            temp.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.Root, name);
        temp.Git("commit", "-q", "-m", "Submodules");
        temp.Git("submodule", "--quiet", "deinit", "-f", "absent");
        temp.Write("lib/lib.o", "built");
        temp.Write("lib/.env", "secret");

        var files = await frozen.OpenAsync();

        Assert.Equal([".gitmodules", "a.c", "lib/.gitignore", "lib/lib.c", "lib/lib.o"], FrozenRepository.Names(files.Folder));
        Assert.True(Directory.Exists(Path.Combine(files.Folder, "absent")));
        Assert.Equal(
            [("absent", RemarkKind.EmptySubmodule), ("lib", RemarkKind.InnerRepository), ("lib/.env", RemarkKind.Secret)],
            files.Remarks.Select(remark => (remark.Path.Value, remark.Kind)));
        Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Fact]
    public async Task OpenAsync_NestedRepositories_AreFilesAndOtherWorkTreesAreLeftOut()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.c", "1"));
        var temp = frozen.Temp;
        temp.Write("tool box/b.c", "1");
        TempRepository.GitIn(temp.Full("tool box"), "init", "-q");
        temp.Git("worktree", "add", "-q", temp.Full("other"), "-b", "other");

        var files = await frozen.OpenAsync();

        Assert.Equal(["a.c", "tool box/b.c"], FrozenRepository.Names(files.Folder));
        Assert.Equal([("other", RemarkKind.OtherWorkTree), ("tool box", RemarkKind.InnerRepository)], files.Remarks.Select(remark => (remark.Path.Value, remark.Kind)));
        Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Fact]
    public async Task OpenAsync_LargeFileStorage_GivesTheFilesThatAreThere()
    {
        // A stand-in for git-lfs: what is stored is a pointer, what is checked out has its content. As a program that only claims to be git-lfs it is not run for what comes from the object database.
        await using var frozen = await FrozenRepository.WithAsync((".gitattributes", "*.bin filter=lfs\n"));
        var temp = frozen.Temp;
        temp.Git("config", "filter.lfs.clean", "sed s/content/pointer/");
        temp.Git("config", "filter.lfs.smudge", "sed s/pointer/content/");
        temp.Commit("Large files", ("a.bin", "content a"), ("b.bin", "content b"));
        Assert.Equal("pointer a", temp.Git("show", "HEAD:a.bin"));
        var state = await frozen.BeginAsync();
        temp.Write("b.bin", "content edited later");

        var files = await frozen.Keeper().OpenAsync(state, Token);

        Assert.Equal(["content a", "pointer b"], new[] { "a.bin", "b.bin" }.Select(path => File.ReadAllText(Path.Combine(files.Folder, path))));
    }

    [Fact]
    public async Task OpenAsync_SparseCheckout_GivesWhatIsThereAndSaysTheRest()
    {
        await using var frozen = await FrozenRepository.WithAsync(("web/a.js", "1"), ("api/b.cs", "1"), ("root.md", "1"));
        frozen.Temp.Git("sparse-checkout", "set", "--cone", "web");
        frozen.Temp.Write("web/new.js", "1");

        var files = await frozen.OpenAsync();

        Assert.Equal(["root.md", "web/a.js", "web/new.js"], FrozenRepository.Names(files.Folder));
        Assert.Equal([("api/b.cs", RemarkKind.NotCheckedOut)], files.Remarks.Select(remark => (remark.Path.Value, remark.Kind)));
        Assert.Equal("A  web/new.js", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Fact]
    public async Task OpenAsync_LinkedWorkTree_IsFrozenAndTheMainOneIsNotTouched()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.c", "1"));
        var linked = Path.Combine(frozen.Temp.Outside, "linked");
        frozen.Temp.Git("worktree", "add", "-q", linked, "-b", "topic");
        File.WriteAllText(Path.Combine(linked, "b.c"), "2");
        var before = frozen.Temp.State();
        var repository = await GitRepository.OpenAsync(linked, TimeProvider.System, Token);
        var snapshot = await repository.SnapshotAsync(Token);
        var state = await frozen.BeginAsync() with { Base = new RunBase(snapshot.Commit, snapshot.Tree, snapshot.BranchRef, snapshot.Uncommitted) };

        var files = await new BaseKeeper(repository, frozen.Folders, new Sandbox.OpenSandbox(TimeProvider.System)).OpenAsync(state, Token);

        Assert.Equal(["a.c", "b.c"], FrozenRepository.Names(files.Folder));
        Assert.Equal("topic", FrozenRepository.GitIn(files, "branch", "--show-current"));
        Assert.Equal("A  b.c", FrozenRepository.GitIn(files, "status", "--porcelain"));
        Assert.Equal(before, frozen.Temp.State());
    }

    [Theory]
    [InlineData("false", null)]
    [InlineData("true", FaultKind.Usage)]
    public async Task EnsureUsableAsync_CaseTwins_AreRefusedWhereTheyAreOneFile(string ignoresCase, FaultKind? expected)
    {
        await using var frozen = await FrozenRepository.WithAsync(("Readme.md", "1"), ("README.md", "2"));
        frozen.Temp.Git("config", "core.ignorecase", ignoresCase);
        var state = await frozen.BeginAsync();

        var fault = await Record.ExceptionAsync(() => frozen.Keeper().EnsureUsableAsync(state.Base, state.Settings.Workspace, Token));

        Assert.Equal(expected, (fault as PlanlaneException)?.Kind);
        Assert.Equal(expected is null, fault is null);
        if (expected is null)
            Assert.Equal(["README.md", "Readme.md"], FrozenRepository.Names((await frozen.OpenAsync()).Folder));
    }

    [Fact]
    public async Task RunService_RepositoryThatCannotBeFrozen_IsRefusedBeforeARunBegins()
    {
        await using var frozen = await FrozenRepository.WithAsync(("Readme.md", "1"), ("README.md", "2"));
        frozen.Temp.Git("config", "core.ignorecase", "true");
        var options = new EngineOptions { Seed = 1, Models = () => throw new InvalidOperationException("A model was asked.") };
        var service = await RunService.OpenAsync(frozen.Temp.Root, options, Token);
        var state = await frozen.BeginAsync();

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => service.StartAsync(RequestText.Parse("Add a health endpoint with tests"), state.Settings, null, Token));

        Assert.Equal("The repository has two files that differ from 'README.md' in letter case or accents only, and this file system keeps one of them.", fault.Message);
        Assert.Empty(frozen.Folders.List());
    }

    [Fact]
    public async Task EnsureUsableAsync_NoPlaceToWrite_IsRefusedAndNothingIsLeft()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.c", "1"));
        var state = await frozen.BeginAsync();
        File.WriteAllText(Path.Combine(frozen.Temp.Repository.CommonDir, "planlane"), "in the way");
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => frozen.Keeper().EnsureUsableAsync(state.Base, state.Settings.Workspace, Token));
        Assert.Equal(FaultKind.Failed, fault.Kind);
    }

    [Fact]
    public async Task OpenAsync_NameThatIsNotUtf8_IsLeftOutAndSaid()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.c", "1"));
        FrozenRepository.Run("/bin/sh", "-c", $"printf 1 > \"{frozen.Temp.Root}/$(printf 'odd-\\377')\"");
        var files = await frozen.OpenAsync();
        Assert.Equal(["a.c"], FrozenRepository.Names(files.Folder));
        Assert.Equal(RemarkKind.Unreadable, Assert.Single(files.Remarks).Kind);
    }
}
