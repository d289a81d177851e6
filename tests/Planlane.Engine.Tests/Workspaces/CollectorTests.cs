using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>What commands wrote is kept, left or undone, whichever way the workspace is made.</summary>
public sealed class CollectorTests
{
    private static readonly (string, string)[] Sources =
    [
        ("src/a.txt", "a\n"), ("src/b.txt", "b\n"), ("src/deep/c.txt", "c\n"), ("docs/d.txt", "d\n"), ("docs/e.txt", "e\n"), (".gitignore", "*.log\nignored/\n"), ("run.sh", "#!/bin/sh\n"),
    ];

    public static TheoryData<WorkspaceKind> Kinds => [WorkspaceKind.Overlay, WorkspaceKind.HardLinks];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Command_WritesInTheLane_IsKeptAndSeenByTheNext(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var first = await space.RunAsync("echo new >> src/a.txt; mkdir src/more; echo n > src/more/n.txt; rm src/b.txt; mv src/deep/c.txt src/deep/moved.txt; chmod +x src/a.txt", "src/**");

        Assert.Equal((0, ""), (first.ExitCode, first.Output));
        Assert.Equal(
            ["src/a.txt 100755", "src/b.txt 000000", "src/deep/c.txt 000000", "src/deep/moved.txt 100644", "src/more/n.txt 100644"],
            first.Written.Files.Select(file => $"{file.Path} {file.Mode}"));
        Assert.Empty(first.Undone);
        Assert.Equal("a\nnew\n", await space.TextAsync(first, "src/a.txt"));

        var second = await space.RunAsync("cat src/a.txt src/more/n.txt src/deep/moved.txt; ls src src/deep", "src/**", await space.TreeAsync(space.Tree, first));

        Assert.Equal("a\nnew\nn\nc\nsrc:\na.txt\ndeep\nmore\n\nsrc/deep:\nmoved.txt\n", second.Output);
        Assert.Equal(ChangeSet.Empty, second.Written);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Command_WritesOutsideTheLane_IsUndoneAndNamed(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("echo x >> docs/d.txt; rm docs/e.txt; echo y > stray.txt; chmod +x run.sh; echo ok > src/ok.txt", "src/**");

        Assert.Equal(["docs/d.txt", "docs/e.txt", "run.sh", "stray.txt"], outcome.Undone.Select(path => path.Value));
        Assert.Equal(["src/ok.txt"], outcome.Written.Files.Select(file => file.Path.Value));
        var after = await space.RunAsync("cat docs/d.txt docs/e.txt; ls; test -x run.sh || echo plain; ls src");
        Assert.Equal("d\ne\ndocs\nrun.sh\nsrc\nplain\na.txt\nb.txt\ndeep\n", after.Output);
        Assert.Empty(after.Undone);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Command_RemovesAFolderOutsideTheLane_ItsFilesComeBack(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("rm -r docs && mkdir docs && echo z > docs/z.txt; rm -r src", "lane/**");

        Assert.Equal(["docs/d.txt", "docs/e.txt", "docs/z.txt", "src/a.txt", "src/b.txt", "src/deep/c.txt"], outcome.Undone.Select(path => path.Value));
        Assert.Equal("docs/d.txt\ndocs/e.txt\nsrc/a.txt\nsrc/b.txt\nsrc/deep/c.txt\n", (await space.RunAsync("find src docs -type f | sort")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Command_RemovesAFolderOfItsLane_StaysRemovedAndCanComeBack(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("rm -r src", "src/**");

        Assert.Equal(3, outcome.Written.Files.Count(file => file.Blob is null));
        var gone = await space.TreeAsync(space.Tree, outcome);
        Assert.Equal("docs\nrun.sh\n", (await space.RunAsync("ls", tree: gone)).Output);
        var back = await space.TreeAsync(("src/a.txt", null), ("src/b.txt", "again\n"), ("src/deep/c.txt", null));
        Assert.Equal("src/b.txt\nagain\n", (await space.RunAsync("find src -type f; cat src/b.txt", tree: back)).Output);
        Assert.Equal("a\nb\nc\n", (await space.RunAsync("cat src/a.txt src/b.txt src/deep/c.txt")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task BuildOutputs_StayForTheNextCommandAndAreNobodysChange(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("mkdir -p ignored/deep src/obj docs/node_modules/p/.git && touch ignored/deep/x src/obj/y docs/node_modules/p/z docs/node_modules/p/.git/config build.log", "src/**");

        Assert.Equal((ChangeSet.Empty, ValueList<RepoPath>.Empty), (outcome.Written, outcome.Undone));
        Assert.Equal("build.log\ndocs/node_modules/p/z\nignored/deep/x\nsrc/obj/y\n", (await space.RunAsync("ls build.log docs/node_modules/p/z ignored/deep/x src/obj/y", "src/**")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task OutputFolderName_ThatALaneIsNamedForOrATreeHolds_IsWork(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, [.. Sources, ("bin/tool", "t\n")]);

        var outcome = await space.RunAsync("mkdir -p build dist && touch build/x dist/y bin/other keep.log", "build/** bin/** keep.log");

        Assert.Equal(["bin/other", "build/x", "keep.log"], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Empty(outcome.Undone);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task OutputFolderName_ThatALaneNamesAnywhere_IsWork(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("mkdir -p src/build src/deep/dist && touch src/build/x.ts src/build/y.log src/deep/dist/z.ts", "src/*/*.ts src/**/dist/* src/build/x.ts");

        Assert.Equal(["src/build/x.ts", "src/deep/dist/z.ts"], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Empty(outcome.Left);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task OutputFolderName_InALaneThatDoesNotNameIt_IsSaidOnce(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var first = await space.RunAsync("mkdir -p src/build/deep src/ignored docs/dist && touch src/build/deep/x.ts src/build/y.ts src/ignored/z docs/dist/w", "src/**");
        var second = await space.RunAsync("ls src/build", "src/**");

        Assert.Equal(ValueList<RepoPath>.Empty, first.Undone);
        Assert.Equal([new RepoPath("src/build")], first.Left);
        Assert.Equal(("deep\ny.ts\n", ValueList<RepoPath>.Empty), (second.Output, second.Left));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Links_ThatStayInside_AreKeptAndOthersNot(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("cd src && ln -s ../docs/d.txt in && ln -s /etc/passwd absolute && ln -s ../../up up && ln -s deep/../../docs sly && ln -s ../.git/config git && rm a.txt && ln -s /etc/shadow a.txt", "src/**");

        Assert.Equal(["src/in 120000"], outcome.Written.Files.Select(file => $"{file.Path} {file.Mode}"));
        Assert.Equal("../docs/d.txt", await space.TextAsync(outcome, "src/in"));
        Assert.Equal(["src/a.txt", "src/absolute", "src/git", "src/sly", "src/up"], outcome.Undone.Select(path => path.Value));
        Assert.Equal("a\n", (await space.RunAsync("cat src/a.txt")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Folder_ReplacedByALinkToTheOutside_NothingOutsideIsTouched(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var outside = Directory.CreateTempSubdirectory("planlane-outside-").FullName;
        File.WriteAllText(Path.Combine(outside, "a.txt"), "secret");

        var outcome = await space.RunAsync($"rm -r src && ln -s {outside} src", "src/**");

        // The lane is what lies below; the link itself is not in it, and the files below are there again.
        Assert.DoesNotContain(outcome.Written.Files, file => file.Blob is not null);
        Assert.Contains(new RepoPath("src"), outcome.Undone);
        _ = await space.RunAsync("true");
        Assert.Equal("a\n", (await space.RunAsync("cat src/a.txt")).Output);
        Assert.Equal("secret", File.ReadAllText(Path.Combine(outside, "a.txt")));
        Assert.Single(Directory.GetFiles(outside));
        Directory.Delete(outside, recursive: true);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task DevicesPipesAndSockets_AreRemoved(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("mkfifo src/pipe; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"src/socket\")' 2>/dev/null; rm src/a.txt; mkfifo src/a.txt", "src/**");

        Assert.Equal(ChangeSet.Empty, outcome.Written);
        Assert.Equal(["src/a.txt", "src/pipe"], outcome.Undone.Select(path => path.Value).Where(path => path != "src/socket"));
        Assert.Equal("a.txt\nb.txt\ndeep\n", (await space.RunAsync("ls src")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task HardLinks_BecomeFilesOfTheirOwn(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("ln docs/d.txt src/linked.txt && ln src/a.txt src/twin.txt", "src/**");
        var tree = await space.TreeAsync(space.Tree, outcome);
        var later = await space.RunAsync("echo more >> src/twin.txt; echo more >> src/linked.txt", "src/**", tree);

        Assert.Equal(["src/linked.txt", "src/twin.txt"], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Equal(["src/linked.txt", "src/twin.txt"], later.Written.Files.Select(file => file.Path.Value));
        Assert.Empty(later.Undone);
        Assert.Equal("d\na\n", (await space.RunAsync("cat docs/d.txt src/a.txt")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task HugeFile_IsRefusedWithoutBeingRead(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("truncate -s 10G src/huge.bin; truncate -s 10G build.log", "src/**");

        // A sandbox ends the command at the limit of a file; what remains of it is an empty one.
        Assert.Equal(outcome.IsSandboxed ? ["src/huge.bin"] : [], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Equal(outcome.IsSandboxed ? [] : ["build.log", "src/huge.bin"], outcome.Undone.Select(path => path.Value));
        Assert.Equal("docs\nrun.sh\nsrc\n", (await space.RunAsync("ls | grep -v build.log")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Names_ThatATreeCannotHold_AreRefused(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("""cd src; touch A.TXT 'back\slash' "$(printf 'line\nbreak')" good.txt; mkdir .GIT; touch .GIT/config; mkdir b; rm b.txt; mkdir b.txt; touch b.txt/x""", "src/**");

        Assert.Equal(["src/b.txt", "src/b.txt/x", "src/good.txt"], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Equal(["src/.GIT/config", "src/A.TXT", "src/back\\slash", "src/line\nbreak"], outcome.Undone.Select(path => path.Value));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task NamesThatAreNoTextAndFoldersWithoutRights_AreRemoved(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var outcome = await space.RunAsync("""touch "$(printf 'src/bad\377name')"; mkdir src/shut; touch src/shut/x; chmod 000 src/shut""", "src/**");

        Assert.Contains(new RepoPath("src"), outcome.Undone);
        Assert.Equal("a.txt\nb.txt\ndeep\n", (await space.RunAsync("ls src")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task ResultFiles_OfThisCommand_AreRead(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var first = await space.RunAsync("mkdir -p TestResults out; echo '<TestRun/>' > TestResults/a.trx; echo '<x><testsuite/></x>' > junit.xml; echo '<Project/>' > out/p.xml; echo 'ok 1' > t.tap", "src/**");
        var second = await space.RunAsync("ls TestResults; echo '<TestRun n=\"2\"/>' > TestResults/b.trx", "src/**");

        Assert.Equal([new ResultFile(new("TestResults/a.trx"), "<TestRun/>\n"), new ResultFile(new("junit.xml"), "<x><testsuite/></x>\n"), new ResultFile(new("t.tap"), "ok 1\n")], first.Results);
        Assert.Equal(["junit.xml", "t.tap"], first.Undone.Select(path => path.Value));
        Assert.Equal([new ResultFile(new("TestResults/b.trx"), "<TestRun n=\"2\"/>\n")], second.Results);
        Assert.Equal("a.trx\n", second.Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task LineEnds_FollowTheAttributes(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, [(".gitattributes", "*.txt text eol=crlf\n"), ("a.txt", "a\n"), ("b.txt", "b\n")]);
        var tree = await space.TreeAsync(("a.txt", "one\ntwo\n"));

        var outcome = await space.RunAsync("od -c a.txt | head -1; printf 'n\\r\\n' > new.txt; printf 'b\\r\\n' > b.txt", "*.txt", tree);

        Assert.Contains("\\r", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("new.txt", Assert.Single(outcome.Written.Files).Path.Value);
        Assert.Equal("n\n", await space.TextAsync(outcome, "new.txt"));
        Assert.Empty(outcome.Undone);
    }
}
