using Planlane.Approval;
using Planlane.Hosting;
using Planlane.Reports;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Sandbox;
using Planlane.Testing;
using Planlane.Values;
using Planlane.Workspaces.Bases;
using Planlane.Workspaces.Collecting;

namespace Planlane.Workspaces;

/// <summary>How workspaces live: born, used by turns, adopted, removed; and nothing of them shows.</summary>
public sealed class DiskWorkspacesTests
{
    private static readonly (string, string)[] Sources = [("src/a.txt", "a\n"), ("src/b.txt", "b\n"), ("docs/d.txt", "d\n"), (".gitignore", "*.log\nignored/\n")];

    private static readonly RunBase Start = new(new(new string('a', 40)), new(new string('b', 40)), null, []);

    public static TheoryData<WorkspaceKind> Kinds => [WorkspaceKind.Overlay, WorkspaceKind.HardLinks];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Describe_KindIsTheBestThatTheSandboxCanMount(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        Assert.Equal(kind, (await space.Workspaces.DescribeAsync(TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task Overlay_Command_SeesTheUsersOwnPathAndTakesNoSpace()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.Overlay, Sources);

        var outcome = await space.RunAsync("pwd; cat src/a.txt");

        Assert.Equal(($"{space.Files.Folder}\na\n", space.Files.Folder), (outcome.Output, outcome.Root));
        Assert.Empty(Directory.EnumerateFileSystemEntries(space.Layer()));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Times_OfFilesThatNobodyChanged_AreTheBasesAlsoAfterAnEdit(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var tree = await space.TreeAsync(("src/a.txt", "edited\n"));

        await space.RunAsync("touch ignored.log; echo x > src/b.txt", "docs/**");
        var before = await space.RunAsync("stat -c '%n %Y' src/a.txt docs/d.txt", tree: tree);
        var after = await space.RunAsync("stat -c '%n %Y' src/a.txt docs/d.txt", tree: tree);

        Assert.Contains("docs/d.txt 1577836800\n", before.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("src/a.txt 1577836800", before.Output, StringComparison.Ordinal);
        Assert.Equal(before.Output, after.Output);
        // A build may have read what was there, so what was put back is younger.
        Assert.DoesNotContain("1577836800", (await space.RunAsync("stat -c %Y src/b.txt src/a.txt")).Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Trees_OneAfterTheOther_AreShownExactly(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        (string Path, string? Text)[][] changes = [[("src/a.txt", null), ("src/a.txt/in", "x\n")], [("src/a.txt", null), ("src/b.txt", null), ("src", "file\n")], [("new/deep/n.txt", "n\n")], [("docs/d.txt", null)], []];

        foreach (var change in changes)
        {
            var tree = await space.TreeAsync(change);
            var expected = await space.Git.Cli.TextAsync(new("ls-tree", "-r", "--name-only", tree.Value), TestContext.Current.CancellationToken);
            Assert.Equal(expected, (await space.RunAsync("find . -name .git -prune -o -type f -print | cut -c3- | LC_ALL=C sort", tree: tree)).Output.TrimEnd());
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task TwoWorkspaces_RunAtOnceAndDoNotSeeEachOther(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        // Both wait for a file that is made when both are seen to have written.
        var meeting = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"meeting-{Guid.NewGuid():n}")).FullName;
        string Meet(string me) => $"echo {me} > src/a.txt; while [ ! -e {meeting}/go ]; do sleep 0.01; done; cat src/a.txt; echo $PORT $PLANLANE_WORKSPACE";

        var running = Task.WhenAll(space.RunAsync(Meet("one"), "src/**", name: "Haiku-1"), space.RunAsync(Meet("two"), "src/**", name: "Haiku-2"));
        bool HasWritten(string name, string text) => File.Exists(Path.Combine(space.Layer(name), "src/a.txt")) && File.ReadAllText(Path.Combine(space.Layer(name), "src/a.txt")) == text;
        while (!running.IsCompleted && !(HasWritten("Haiku-1", "one\n") && HasWritten("Haiku-2", "two\n")))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        File.WriteAllText(Path.Combine(meeting, "go"), "");
        var both = await running;

        Assert.Equal(["one", "two"], both.Select(outcome => outcome.Output.Split('\n')[0]));
        Assert.Distinct(both.Select(outcome => outcome.Output.Split('\n')[1]));
        Assert.Equal("a\n", (await space.RunAsync("cat src/a.txt", name: "Haiku-3")).Output);
        Directory.Delete(meeting, recursive: true);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task OneWorkspace_CommandsTakeTurns(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);

        var both = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => space.RunAsync("test ! -e busy.log && touch busy.log && sleep 0.1 && rm busy.log")));

        Assert.All(both, outcome => Assert.Equal(0, outcome.ExitCode));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task KilledInTheMiddle_NothingOfItIsKept_ButTheWorkspaceGoesOn(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        await space.RunAsync("echo first > kept.log");
        using var kill = new CancellationTokenSource();
        var running = space.Workspaces.RunAsync(space.Command("echo half >> src/a.txt; rm docs/d.txt; echo s > stray; sleep 60", "src/**"), kill.Token);
        await space.WrittenAsync("stray", running);

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        // Another process, as after a kill -9.
        space.Reopened();
        var after = await space.RunAsync("cat src/a.txt docs/d.txt kept.log; ls", "src/**");

        Assert.Equal("a\nd\nfirst\ndocs\nkept.log\nsrc\n", after.Output);
        Assert.Equal(ChangeSet.Empty, after.Written);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Resumed_WithWhatTheJournalKnows_FindsItsFilesAndOutputs(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var first = await space.RunAsync("echo mine > src/a.txt; rm src/b.txt; mkdir ignored; echo built > ignored/out", "src/**");
        var tree = await space.TreeAsync(space.Tree, first);
        var time = File.GetLastWriteTimeUtc(Path.Combine(space.Layer(), "src/a.txt"));

        space.Reopened();
        var second = await space.RunAsync("cat src/a.txt ignored/out; ls src", "src/**", tree);

        Assert.Equal("mine\nbuilt\na.txt\n", second.Output);
        Assert.Equal(ChangeSet.Empty, second.Written);
        Assert.Equal(time, File.GetLastWriteTimeUtc(Path.Combine(space.Layer(), "src/a.txt")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Repository_AfterCommands_ShowsNothingOfThem(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var before = (space.Files.Fingerprint(), space.Files.Git("worktree", "list"), space.Files.Git("branch", "-a"));

        await space.RunAsync("echo x >> src/a.txt; rm -r docs; echo s > stray; touch b.log", "src/**");

        Assert.Equal(before.Item1, space.Files.Fingerprint());
        Assert.Equal((before.Item2, before.Item3), (space.Files.Git("worktree", "list"), space.Files.Git("branch", "-a")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task PlantedRepositories_AreNeverRunByUs(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var proof = Path.Combine(Path.GetTempPath(), $"planlane-proof-{Environment.ProcessId}-{kind}");
        var plant = $$"""
            evil() { git init -q "$1" && printf '[core]\n\tfsmonitor = touch {{proof}}; false\n\thooksPath = %s\n[filter "x"]\n\tclean = touch {{proof}}; cat\n\tsmudge = touch {{proof}}; cat\n' "$PWD/hooks" >> "$1/.git/config"; }
            mkdir hooks; printf '#!/bin/sh\ntouch {{proof}}\n' > hooks/post-checkout; cp hooks/post-checkout hooks/post-index-change; chmod +x hooks/*
            evil . ; evil src/nested; echo '* filter=x' > src/.gitattributes; echo n > src/nested/n.txt; mkdir src/linked; echo "gitdir: $PWD/src/nested/.git" > src/linked/.git; echo '*' > src/.gitignore; echo y > src/y.txt
            """;

        var first = await space.RunAsync(plant, "src/**");
        var second = await space.RunAsync("cat src/y.txt; test -e .git/hooks || test -e src/nested/.git || test -e src/linked/.git || echo clean", "src/**", await space.TreeAsync(space.Tree, first));

        Assert.False(File.Exists(proof));
        Assert.Equal(["src/.gitattributes", "src/.gitignore", "src/nested/n.txt", "src/y.txt"], first.Written.Files.Select(file => file.Path.Value));
        Assert.Equal("y\nclean\n", second.Output);
        Assert.Contains(new RepoPath("src/linked/.git"), first.Undone);
        Assert.Contains(first.Undone, path => path.Value.StartsWith(".git", StringComparison.Ordinal));
        Assert.Contains(new RepoPath("src/nested/.git/config"), first.Undone);
    }

    [Fact]
    public async Task HardLinks_WriteInPlaceOutsideTheLane_IsPutRightInAllWorkspaces()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, Sources);
        await space.RunAsync("true", name: "Haiku-2");

        var outcome = await space.RunAsync("echo damage > docs/d.txt; echo mine > src/a.txt", "src/**");

        Assert.Equal(["docs/d.txt"], outcome.Undone.Select(path => path.Value));
        Assert.Equal(["src/a.txt"], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Equal("d\na\n", (await space.RunAsync("cat docs/d.txt src/a.txt", name: "Haiku-2")).Output);
        Assert.Equal("d\na\n1577836800\n", (await space.RunAsync("cat docs/d.txt src/a.txt; stat -c %Y docs/d.txt", name: "Haiku-3")).Output);
        Assert.Equal("d\n", File.ReadAllText(Path.Combine(space.BaseFolder, "docs/d.txt")));
    }

    [Fact]
    public async Task HardLinks_TrackedFiles_AreSecondNamesAndTheLanesOwnAreNot()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, Sources);

        var names = await space.RunAsync("stat -c %h src/a.txt docs/d.txt", "src/**");
        var wider = await space.RunAsync("stat -c %h src/a.txt docs/d.txt", "src/** docs/d.txt");

        Assert.Equal(("1\n2\n", "1\n1\n"), (names.Output, wider.Output));
    }

    [Fact]
    public async Task Copies_Command_IsSettledTheSameAndTheBaseIsNotTouched()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, Sources);
        await space.RunAsync("true", name: "Haiku-2");
        var place = new WorkspacePlace(new WorkspaceFacts(WorkspaceKind.Copies, "It is tried."), false);
        var ground = await WorkspaceGround.ReadAsync(space.Git, new BaseFiles(space.Tree, space.BaseFolder), place.Kind, space.Folders.TemporaryWorkspacesOf(space.State.Id), TestContext.Current.CancellationToken);
        var copies = DiskWorkspace.Open(ground, place.Kind, new WorkspaceFolders(space.Folders, place, space.State.Id, "Haiku-1"), space.Git, new IgnoredPaths(space.Git), null);
        Task<WorkspaceOutcome> RunAsync(string command) => copies.RunAsync(space.Command(command, "src/**"), space.Git, new OpenSandbox(TimeProvider.System), TestContext.Current.CancellationToken);

        var outcome = await RunAsync("stat -c '%h %Y' docs/d.txt; echo mine > src/a.txt; echo damage > docs/d.txt; rm src/b.txt; touch x.log");

        Assert.Equal("1 1577836800\n", outcome.Output);
        Assert.Equal(["src/a.txt", "src/b.txt"], outcome.Written.Files.Select(file => file.Path.Value));
        Assert.Equal(["docs/d.txt"], outcome.Undone.Select(path => path.Value));
        Assert.Equal("d\na\nx.log\n", (await RunAsync("cat docs/d.txt src/a.txt; ls *.log")).Output);
        Assert.Equal("d\n", File.ReadAllText(Path.Combine(space.BaseFolder, "docs/d.txt")));
    }

    [Fact]
    public async Task Overlay_SharedFolder_IsSeenAndWritesStayWithTheAgent()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.Overlay, Sources);
        var modules = Directory.CreateTempSubdirectory("planlane-modules-").FullName;
        File.WriteAllText(Path.Combine(modules, "left-pad.js"), "pad\n");
        space.Share("web/node_modules", modules);

        var first = await space.RunAsync("cat web/node_modules/left-pad.js; echo cached > web/node_modules/cache; rm web/node_modules/left-pad.js", "src/**");
        var second = await space.RunAsync("ls web/node_modules", "src/**");
        var check = await space.RunAsync("ls web/node_modules");
        var other = await space.RunAsync("ls web/node_modules", name: "Haiku-2");

        Assert.Equal(("pad\n", "cache\n", "left-pad.js\n"), (first.Output, second.Output, other.Output));
        // A check is not fooled by what the agent made of the dependencies.
        Assert.Equal("left-pad.js\n", check.Output);
        Assert.Equal(["left-pad.js"], Directory.GetFiles(modules).Select(Path.GetFileName));
        Assert.Empty(first.Undone);
        Directory.Delete(modules, recursive: true);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Variables_KeepWorkspacesApartAndTheUsersWin(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var settings = space.State.Settings with { Workspace = new WorkspacePolicy { Environment = [new("PORT", "99"), new("MINE", "yes")] } };

        var plain = await space.RunAsync("echo $PORT $PLANLANE_WORKSPACE $MSBUILDDISABLENODEREUSE $UseSharedCompilation; echo t > $TMPDIR/x; cat $TMPDIR/x");
        var set = await space.Workspaces.RunAsync(space.Command("echo $PORT $MINE") with { Run = space.State with { Settings = settings } }, TestContext.Current.CancellationToken);

        Assert.Matches(@"^[123]\d{4} abc123_haiku_1 1 false\nt\n$", plain.Output);
        Assert.Equal("99 yes\n", set.Output);
    }

    [Fact]
    public void Ports_OfARunsAgents_AreDistinct()
    {
        var state = RunState.Empty with { Id = new("abc123") };

        var names = new[] { WorkspaceCommand.Combined, "Haiku-1" };
        Assert.Distinct(names.Select(name => WorkspaceVariables.PortOf(state, name)));
        Assert.All(names, name => Assert.InRange(WorkspaceVariables.PortOf(state, name), 10_000, 31_990));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task RemoveWorkspaces_AfterCommandsThatShutFolders_LeavesNothing(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        await space.RunAsync("mkdir shut.log; touch shut.log/x; chmod 000 shut.log");

        space.Folders.RemoveWorkspaces(space.State.Id);

        Assert.False(Directory.Exists(space.Folders.WorkspacesOf(space.State.Id)) || Directory.Exists(space.Folders.TemporaryWorkspacesOf(space.State.Id)));
    }

    [Fact]
    public async Task Orphans_OfRunsThatAreUnknownOrOver_AreRemovedAtTheNextStartAndOthersAdopted()
    {
        using var repository = TempRepository.With(Sources);
        var harness = new RunHarness(repository, new ScriptedModel(_ => throw new InvalidOperationException("No model is asked."))) { OnPlan = _ => new PlanDecision.Rejected() };
        var alone = RunHarness.Settings with { Mode = RunMode.Single };
        var ended = await harness.RunAsync("Add a thing", alone, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(ended.End);
        var folders = new RunFolders(Path.Combine(repository.Folder, ".git"));
        var (unknown, going, over) = (new RunId("dead00"), new RunId("aaaaaa"), ended.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(folders.JournalOf(going))!);
        await using (var journal = Planlane.Journal.JsonLinesJournal.Open(folders.JournalOf(going), TimeProvider.System))
            await journal.AppendAsync([new RecordedEvent(1, DateTimeOffset.UnixEpoch, new RunStarted(going, RequestText.Parse("Work"), Start, alone))], TestContext.Current.CancellationToken);
        foreach (var id in new[] { unknown, going, over })
        {
            Directory.CreateDirectory(Path.Combine(folders.WorkspacesOf(id), "Haiku-1"));
            Directory.CreateDirectory(Path.Combine(folders.TemporaryWorkspacesOf(id), "Haiku-1"));
        }

        await harness.RunAsync("Add another thing", alone, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([going], folders.RunsWithWorkspaces());
        folders.RemoveWorkspaces(going);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Sha256Repository_Works(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources, "sha256");

        var outcome = await space.RunAsync("echo x > src/new.txt; echo y > docs/d.txt", "src/**");

        Assert.Equal("x\n", await space.TextAsync(outcome, "src/new.txt"));
        Assert.Equal("d\n", (await space.RunAsync("cat docs/d.txt")).Output);
    }
}
