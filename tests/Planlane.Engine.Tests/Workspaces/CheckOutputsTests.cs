namespace Planlane.Workspaces;

/// <summary>What a check finds of what git ignores: the base's files, and what the checks of the same tree made; nothing of the agent's.</summary>
public sealed class CheckOutputsTests
{
    private static readonly (string, string)[] Sources = [("src/a.txt", "a\n"), (".gitignore", "*.log\nlib/\n")];

    public static TheoryData<WorkspaceKind> Kinds => [WorkspaceKind.Overlay, WorkspaceKind.HardLinks];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Check_AfterTheAgentPlantedOutputs_SeesNoneOfThem(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources, isFrozen: true, ignored: [("lib/real.js", "real\n"), ("lib/gone.js", "gone\n"), ("lib/deep/quiet.js", "quiet\n")]);
        await space.RunAsync(
            """
            echo fake > lib/real.js; echo fake > lib/planted.js; rm lib/gone.js; mkdir obj; echo fake > obj/planted; echo fake > $TMPDIR/planted
            cp -p lib/deep/quiet.js $TMPDIR/as-it-was; rm -r lib/deep; mkdir lib/deep; echo QUIET > lib/deep/quiet.js; touch -r $TMPDIR/as-it-was lib/deep/quiet.js
            """,
            "src/**");

        var check = await space.RunAsync("cat lib/real.js lib/gone.js lib/deep/quiet.js; ls lib obj $TMPDIR | grep planted");

        Assert.Equal("real\ngone\nquiet\n", check.Output.Replace("ls: cannot access 'obj': No such file or directory\n", "", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Checks_OfOneTree_SeeWhatTheOneBeforeBuiltAndThoseOfTheNextDoNot(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        var next = await space.TreeAsync(("src/a.txt", "b\n"));

        await space.RunAsync("mkdir lib; echo built > lib/out; echo kept > $TMPDIR/cache");
        var same = await space.RunAsync("cat lib/out $TMPDIR/cache");
        var other = await space.RunAsync("test -e lib/out || test -e $TMPDIR/cache || echo none", tree: next);

        Assert.Equal(("built\nkept\n", "none\n"), (same.Output, other.Output));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Agent_AfterACheck_FindsWhatTheCheckBuilt(WorkspaceKind kind)
    {
        await using var space = await Space.OpenAsync(kind, Sources);
        await space.RunAsync("mkdir lib; echo mine > lib/out", "src/**");

        await space.RunAsync("mkdir lib; echo built > lib/out");
        var after = await space.RunAsync("cat lib/out; echo again > lib/out", "src/**");
        var check = await space.RunAsync("test -e lib/out || echo none");

        Assert.Equal(("built\n", "none\n"), (after.Output, check.Output));
    }
}
