using Planlane.Git;
using Planlane.Runs;
using Planlane.Sandbox;

namespace Planlane.Workspaces.Bases;

public sealed class BaseSetupTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    [Fact]
    public async Task OpenAsync_SetupOnAnOverlay_RunsOncePerRunAndLeavesALayer()
    {
        var sandbox = Mounts();
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "node_modules/\nout/\n"), ("a.js", "1"), ("deep/b.js", "1"), ("gone.js", "1"), ("kept/c.js", "1"));
        frozen.Temp.Write("node_modules/left.js", "1");
        var policy = new WorkspacePolicy
        {
            Setup =
            [
                "mkdir out && echo $GREETING > out/made && pwd > out/where && echo 1 > node_modules/right.js",
                "echo changed > a.js && rm gone.js && rm -r deep && mkdir deep && echo 1 > deep/made && echo again >> out/made",
            ],
            Environment = [new Variable("GREETING", "hello")],
        };
        var state = await frozen.BeginAsync("a1", policy);
        var before = frozen.Temp.State();

        var files = await frozen.Keeper(sandbox).OpenAsync(state, Token);
        var again = await frozen.Keeper(sandbox).OpenAsync(state, Token);

        Assert.Equal(files, again);
        Assert.Equal(before, frozen.Temp.State());
        Assert.Equal([".gitignore", "a.js", "deep/b.js", "gone.js", "kept/c.js"], FrozenRepository.Names(files.Folder));
        var layer = Assert.Single(files.Layers);
        Assert.Equal(["deep/made", "out/made", "out/where"], FrozenRepository.Names(layer));
        Assert.Equal(("hello\nagain\n", frozen.Temp.Root + "\n"), (File.ReadAllText(Path.Combine(layer, "out/made")), File.ReadAllText(Path.Combine(layer, "out/where"))));
        Assert.Equal(["right.js"], FrozenRepository.Names(Assert.Single(Assert.Single(files.Shared).Layers)));
        Assert.Equal(["a.js", "gone.js"], files.Remarks.Where(remark => remark.Kind == RemarkKind.PutBack).Select(remark => remark.Path.Value));
        Assert.Equal("1111", await SeenAsync(frozen, sandbox, files, "cat a.js deep/b.js gone.js deep/made | tr '\\n' ' '"));
    }

    [Fact]
    public async Task OpenAsync_SetupWithoutOverlay_RunsInACopyOfTheRunAndNotInTheFrozenOne()
    {
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "node_modules/\nout/\n"), ("a.js", "1"), ("deep/b.js", "1"));
        frozen.Temp.Write("node_modules/left.js", "1");
        var plain = await frozen.OpenAsync("plain");
        var state = await frozen.BeginAsync("a1", new WorkspacePolicy { Setup = ["ls node_modules > seen && mkdir out && mv seen out && echo changed >> a.js && rm -r deep && echo 1 > deep"] });

        var files = await frozen.Keeper().OpenAsync(state, Token);

        Assert.NotEqual(plain.Folder, files.Folder);
        Assert.Equal([".gitignore", "a.js", "deep/b.js", "out/seen"], FrozenRepository.Names(files.Folder));
        Assert.Equal(("1", "1", "left.js\n"), (File.ReadAllText(Path.Combine(files.Folder, "a.js")), File.ReadAllText(Path.Combine(files.Folder, "deep/b.js")), File.ReadAllText(Path.Combine(files.Folder, "out/seen"))));
        Assert.Equal("1", File.ReadAllText(Path.Combine(plain.Folder, "a.js")));
        Assert.Equal(["a.js", "deep/b.js"], files.Remarks.Where(remark => remark.Kind == RemarkKind.PutBack).Select(remark => remark.Path.Value));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(files.Folder, "node_modules")));
        Assert.Equal("", FrozenRepository.GitIn(files, "status", "--porcelain"));
    }

    [Fact]
    public async Task OpenAsync_SetupThatFails_IsAFaultWithTheEndOfItsOutputAndRunsAgainTheNextTime()
    {
        await using var frozen = await FrozenRepository.WithAsync(("a.js", "1"));
        var mark = Path.Combine(frozen.Temp.Outside, "mended");
        var state = await frozen.BeginAsync("a1", new WorkspacePolicy { Setup = [$"echo installing; test -e {mark} || {{ echo no network >&2; exit 7; }}"] });

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => frozen.Keeper().OpenAsync(state, Token));
        File.WriteAllText(mark, "");
        await frozen.Keeper().OpenAsync(state, Token);

        Assert.Equal(FaultKind.ChecksFailed, fault.Kind);
        Assert.StartsWith("The setup command `echo installing;", fault.Message);
        Assert.Contains("ended with code 7:", fault.Message);
        Assert.EndsWith("no network", fault.Message);
    }

    private static BestSandbox Mounts()
    {
        var sandbox = new BestSandbox();
        Assert.SkipUnless(sandbox.Facts.CanOverlay, "No sandbox here can mount.");
        return sandbox;
    }

    private static async Task<string> SeenAsync(FrozenRepository frozen, ISandbox sandbox, BaseFiles files, string command)
    {
        var (upper, work) = (Path.Combine(frozen.Temp.Outside, "upper"), Path.Combine(frozen.Temp.Outside, "work"));
        Directory.CreateDirectory(upper);
        Directory.CreateDirectory(work);
        var boxed = new BoxedCommand(command, frozen.Temp.Root, frozen.Temp.Outside, TimeSpan.FromMinutes(1)) { Mounts = [new BoxMount.Overlay(frozen.Temp.Root, [.. files.Layers, files.Folder], upper, work)] };
        return (await sandbox.RunAsync(boxed, Token)).Output.Trim();
    }
}
