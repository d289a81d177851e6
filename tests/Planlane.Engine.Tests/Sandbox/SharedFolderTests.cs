using Planlane.Runs;
using Planlane.Sandbox.Linux;
using Planlane.Workspaces;
using Planlane.Workspaces.Bases;

namespace Planlane.Sandbox;

/// <summary>Dependency folders of the user that workspaces share, in whole workspaces: a Node project builds with them, and what is secret in them stays so.</summary>
public sealed class SharedFolderTests
{
    private const string Secret = "//registry.example.org/:_authToken=stand-in-for-a-token";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => HeldTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task NodeProject_WithSharedModules_Builds(string kind)
    {
        await using var frozen = await NodeProjectAsync();
        var (workspaces, run) = await OpenAsync(frozen, kind);

        var outcome = await workspaces.RunAsync(new WorkspaceCommand(run, "Haiku-1", run.Base.Tree, "npm run --silent build && cat dist/app.js", TimeSpan.FromMinutes(1)), Token);

        Assert.Equal(("built with left and right\n", 0, true), (outcome.Output, outcome.ExitCode, outcome.IsSandboxed));
        Assert.False(File.Exists(frozen.Temp.Full("dist/app.js")));
        frozen.Folders.RemoveWorkspaces(run.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Modules_Written_StayTheUsers(string kind)
    {
        await using var frozen = await NodeProjectAsync();
        var (workspaces, run) = await OpenAsync(frozen, kind);

        await workspaces.RunAsync(new WorkspaceCommand(run, "Haiku-1", run.Base.Tree, "echo changed >node_modules/left/index.js; rm -rf node_modules/left/; echo x >node_modules/new", TimeSpan.FromMinutes(1)), Token);

        Assert.Equal("module.exports = require('right') && 'left'\n", File.ReadAllText(frozen.Temp.Full("node_modules/left/index.js")));
        Assert.False(File.Exists(frozen.Temp.Full("node_modules/new")));
        frozen.Folders.RemoveWorkspaces(run.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Secrets_InASharedFolder_AreNotReadInARun(string kind)
    {
        await using var frozen = await NodeProjectAsync();
        foreach (var path in new[] { "node_modules/.npmrc", "data/.env", "data/deep/id_rsa" })
            frozen.Temp.Write(path, Secret);
        // More than the limit of what is copied.
        foreach (var number in Enumerable.Range(0, 10))
            frozen.Temp.Write($"data/{number}", "data");
        var (workspaces, run) = await OpenAsync(frozen, kind, BaseLimits.Default with { MostFiles = 8 });
        var all = $"cat data/1 node_modules/.npmrc data/.env data/deep/id_rsa {frozen.Temp.Root}/node_modules/.npmrc; grep -rs stand-in . {frozen.Temp.Root}/node_modules {frozen.Temp.Root}/data; cp -r node_modules copied; cat copied/.npmrc; npm run --silent build && cat dist/app.js";

        var outcome = await workspaces.RunAsync(new WorkspaceCommand(run, "Haiku-1", run.Base.Tree, all, TimeSpan.FromMinutes(1)), Token);

        Assert.StartsWith("data", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stand-in", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("built with left and right\n", outcome.Output, StringComparison.Ordinal);
        frozen.Folders.RemoveWorkspaces(run.Id);
    }

    private static async Task<FrozenRepository> NodeProjectAsync()
    {
        var frozen = await FrozenRepository.WithAsync(
            (".gitignore", "node_modules/\ndist/\ndata/\n"),
            ("package.json", """{ "name": "app", "scripts": { "build": "node build.js" } }"""),
            ("build.js", "const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('dist/app.js', `built with ${require('left')} and ${require('right')}\\n`)\n"));
        frozen.Temp.Write("node_modules/left/index.js", "module.exports = require('right') && 'left'\n");
        frozen.Temp.Write("node_modules/right/index.js", "module.exports = 'right'\n");
        return frozen;
    }

    private static async Task<(DiskWorkspaces Workspaces, RunState Run)> OpenAsync(FrozenRepository frozen, string kind, BaseLimits? limits = null)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "There is no npm for everybody on this machine.");
        var host = BoxHost.Current();
        ISandbox? sandbox = kind == "landlock" ? await LandlockSandbox.FindAsync(TimeProvider.System, host) : (await BubblewrapSandbox.FindAsync(TimeProvider.System, host)).Sandbox;
        Assert.SkipWhen(sandbox is null, $"There is no {kind} on this machine.");
        var run = await frozen.BeginAsync($"a{Environment.ProcessId}{kind}");
        return (new DiskWorkspaces(frozen.Temp.Repository, sandbox, frozen.Folders, frozen.Keeper(sandbox, limits).OpenAsync), run);
    }
}
