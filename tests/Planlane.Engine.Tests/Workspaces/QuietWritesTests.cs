using Planlane.Reports;
using Planlane.Values;

namespace Planlane.Workspaces;

/// <summary>Writes that leave size and time as they were are found all the same.</summary>
public sealed class QuietWritesTests
{
    private static readonly (string, string)[] Sources = [("src/a.txt", "a\n"), ("src/b.txt", "b\n"), ("docs/d.txt", "d\n"), (".gitignore", "*.log\nlib/\n")];

    public static TheoryData<WorkspaceKind> Kinds => [WorkspaceKind.Overlay, WorkspaceKind.HardLinks];

    [Fact]
    public async Task HardLinks_FileOutsideTheLane_IsPutRightUnderAllItsNames()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, Sources);
        await space.RunAsync("true", name: "Haiku-2");

        var outcome = await space.RunAsync(Quietly("docs/d.txt"), "src/**");

        Assert.Equal((ChangeSet.Empty, "docs/d.txt"), (outcome.Written, Assert.Single(outcome.Undone).Value));
        Assert.Equal("d\n1577836800\n", (await space.RunAsync("cat docs/d.txt; stat -c %Y docs/d.txt", name: "Haiku-2")).Output);
        Assert.Equal("d\n", (await space.RunAsync("cat docs/d.txt")).Output);
        Assert.Equal("d\n", File.ReadAllText(Path.Combine(space.BaseFolder, "docs/d.txt")));
    }

    [Fact]
    public async Task HardLinks_RightsOfAFileOutsideTheLane_ArePutRightUnderAllItsNames()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, Sources);
        await space.RunAsync("true", name: "Haiku-2");

        var outcome = await space.RunAsync("chmod 600 docs/d.txt", "src/**");

        Assert.Equal("docs/d.txt", Assert.Single(outcome.Undone).Value);
        Assert.Equal("644\n", (await space.RunAsync("stat -c %a docs/d.txt", name: "Haiku-2")).Output);
    }

    [Fact]
    public async Task HardLinks_CommandIsKilled_BaseIsPutRightForTheOthers()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, Sources);
        await space.RunAsync("true", name: "Haiku-2");
        using var kill = new CancellationTokenSource();
        var running = space.Workspaces.RunAsync(space.Command(Quietly("docs/d.txt") + "; touch done.log; sleep 60", "src/**"), kill.Token);
        await space.WrittenAsync("done.log", running);

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal("d\n", (await space.RunAsync("cat docs/d.txt", name: "Haiku-2")).Output);
    }

    [Fact]
    public async Task HardLinks_ProcessWasKilled_TheNextPutsTheBaseRight()
    {
        await using var space = await Space.OpenAsync(WorkspaceKind.HardLinks, [.. Sources, (".gitattributes", "crlf.txt text eol=crlf\n"), ("crlf.txt", "c\n")]);
        await space.RunAsync("true", "src/**");
        foreach (var path in new[] { "docs/d.txt", "crlf.txt" })
        {
            var full = Path.Combine(space.BaseFolder, path);
            var (time, text) = (File.GetLastWriteTimeUtc(full), File.ReadAllText(full));
            File.WriteAllText(full, "X" + text[1..]);
            File.SetLastWriteTimeUtc(full, time);
        }

        space.Reopened();

        Assert.Equal("d\nc\r\n", (await space.RunAsync("cat docs/d.txt crlf.txt", "src/**")).Output);
        Assert.Equal("d\nc\r\n", (await space.RunAsync("cat docs/d.txt crlf.txt", name: "Haiku-2")).Output);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Lane_FileThatWasRead_IsReadAgain(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var first = await space.RunAsync(Quietly("src/a.txt") + "; echo y > src/b.txt", "src/**");
        var tree = await space.TreeAsync(space.Tree, first);

        var second = await space.RunAsync(Quietly("src/b.txt"), "src/**", tree);

        Assert.Equal(("X\n", "X\n"), (await space.TextAsync(first, "src/a.txt"), await space.TextAsync(second, "src/b.txt")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Lane_FileThatIsWrittenThroughASecondName_IsReadAgain(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var first = await space.RunAsync("echo y > src/a.txt", "src/**");
        var tree = await space.TreeAsync(space.Tree, first);

        var second = await space.RunAsync("ln src/a.txt twin.log; " + Quietly("twin.log"), "src/**", tree);

        Assert.Equal("X\n", await space.TextAsync(second, "src/a.txt"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Git_SettingsHooksHeadAndObjects_AreThoseOfTheBaseAgain(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources, isFrozen: true);
        var look = "git config core.hooksPath; cat .git/HEAD; ls .git; git fsck 2>&1; git status --porcelain";
        var before = await space.RunAsync(look, "src/**");
        var other = await space.RunAsync(look, "src/**", name: "Haiku-2");

        var outcome = await space.RunAsync(
            $"sed -i s,/dev/null,/dev/evil, .git/config; {Quietly(".git/HEAD")}; mkdir .git/hooks; echo true > .git/hooks/pre-commit; for pack in .git/objects/pack/*.pack; do chmod u+w $pack; {Quietly("$pack")}; done", "src/**");

        Assert.Contains("/dev/null\nref: refs/heads/main\n", before.Output, StringComparison.Ordinal);
        Assert.Equal((before.Output, other.Output), ((await space.RunAsync(look, "src/**")).Output, (await space.RunAsync(look, "src/**", name: "Haiku-2")).Output));
        Assert.Superset(new HashSet<RepoPath>([new(".git/config"), new(".git/hooks"), new(".git/HEAD")]), outcome.Undone.ToHashSet());
    }

    // Writes one letter over the first of a file, in place, and sets the time back.
    private static string Quietly(string path) => $"cp -p {path} $TMPDIR/as-it-was; printf X | dd of={path} conv=notrunc status=none; touch -r $TMPDIR/as-it-was {path}";
}
