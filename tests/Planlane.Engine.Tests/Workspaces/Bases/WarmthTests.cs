using Planlane.Git;
using Planlane.Sandbox;

namespace Planlane.Workspaces.Bases;

public sealed class WarmthTests
{
    private static readonly CancellationToken Token = TempRepository.Token;

    private const string Settings = "<PropertyGroup><TargetFramework>net10.0</TargetFramework><RestoreSources></RestoreSources><UseAppHost>false</UseAppHost></PropertyGroup>";

    [Fact]
    public async Task OpenAsync_BuiltSolution_IsNotCompiledAgainAndAfterAnEditOnlyWhatDependsOnIt()
    {
        var sandbox = Mounts();
        await using var frozen = await FrozenRepository.WithAsync(
            (".gitignore", "bin/\nobj/\n"),
            ("Directory.Build.props", "<Project />\n"),
            ("Core/Core.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\">{Settings}</Project>\n"),
            ("Core/One.cs", "public static class One { public static int Value => 1; }\n"),
            ("Shop/Shop.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\">{Settings}<ItemGroup><ProjectReference Include=\"../Core/Core.csproj\" /></ItemGroup></Project>\n"),
            ("Shop/Two.cs", "public static class Two { public static int Value => One.Value + 1; }\n"));
        frozen.Temp.Git("remote", "add", "origin", "https://example.com/ada/shop.git");
        var built = await sandbox.RunAsync(Command(frozen, "dotnet build Shop -v q -nodeReuse:false -p:UseSharedCompilation=false", []), Token);
        Assert.True(built.ExitCode == 0, built.Output);
        var files = await frozen.OpenAsync();

        var unchanged = await WrittenAsync(frozen, sandbox, files, "dotnet build Shop -v q -nodeReuse:false -p:UseSharedCompilation=false --no-restore && git status --porcelain");
        var edited = await WrittenAsync(frozen, sandbox, files, "echo 'public static class Three { }' > Shop/Three.cs && dotnet build Shop -v q -nodeReuse:false -p:UseSharedCompilation=false --no-restore");

        Assert.DoesNotContain(unchanged, path => path.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Equal(
            ["Shop/bin/Debug/net10.0/Shop.dll", "Shop/obj/Debug/net10.0/Shop.dll", "Shop/obj/Debug/net10.0/ref/Shop.dll", "Shop/obj/Debug/net10.0/refint/Shop.dll"],
            edited.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OpenAsync_InstalledModules_AreSeenAndNotCopied()
    {
        var sandbox = Mounts();
        await using var frozen = await FrozenRepository.WithAsync((".gitignore", "node_modules/\ndist/\n"), ("web/package.json", "{}"), ("web/index.js", "console.log('found ' + require('left'))\n"));
        frozen.Temp.Write("web/node_modules/left/index.js", "module.exports = 'left'\n");
        frozen.Temp.Write("web/dist/app.js", "built\n");
        var files = await frozen.OpenAsync();

        var written = await WrittenAsync(frozen, sandbox, files, "cd web && cat dist/app.js node_modules/left/index.js && { command -v node || exit 0; node index.js | grep 'found left'; }");

        Assert.Empty(written);
        Assert.Equal([".gitignore", "web/dist/app.js", "web/index.js", "web/package.json"], FrozenRepository.Names(files.Folder));
    }

    // Runs a command on a fresh workspace over the base, at the user's own path, and tells what it wrote.
    private static async Task<IReadOnlyList<string>> WrittenAsync(FrozenRepository frozen, ISandbox sandbox, BaseFiles files, string command)
    {
        var own = Directory.CreateDirectory(Path.Combine(frozen.Temp.Outside, Path.GetRandomFileName())).FullName;
        BoxMount Over(string target, IEnumerable<string> lowers, string name) =>
            new BoxMount.Overlay(target, [.. lowers], Directory.CreateDirectory(Path.Combine(own, name)).FullName, Directory.CreateDirectory(Path.Combine(own, name + ".work")).FullName);
        var mounts = files.Shared.Select((shared, at) => Over(frozen.Temp.Full(shared.Path.Value), [.. shared.Layers, shared.Source], $"shared-{at}"));
        var result = await sandbox.RunAsync(Command(frozen, command, [Over(frozen.Temp.Root, [.. files.Layers, files.Folder], "upper"), .. mounts]), Token);
        Assert.True(result.ExitCode == 0, result.Output);
        return [.. Directory.EnumerateDirectories(own).Where(folder => !folder.EndsWith(".work", StringComparison.Ordinal)).SelectMany(FrozenRepository.Names)];
    }

    private static BoxedCommand Command(FrozenRepository frozen, string text, IEnumerable<BoxMount> mounts) => new(text, frozen.Temp.Root, frozen.Temp.Outside, TimeSpan.FromMinutes(5)) { Mounts = [.. mounts] };

    private static BestSandbox Mounts()
    {
        var sandbox = new BestSandbox();
        Assert.SkipUnless(sandbox.Facts.CanOverlay, "No sandbox here can mount.");
        return sandbox;
    }
}
