using System.Net.Sockets;
using Planlane.Reports;
using Planlane.Sandbox;
using Planlane.Sandbox.Linux;
using Planlane.Workspaces;

namespace Planlane.Hostile;

/// <summary>Build files and programs, written by an agent, that want what is outside the workspace; real tools run them.</summary>
public sealed class HostileCommandsTests(BoxFixture box) : IClassFixture<BoxFixture>
{
    private const string Secret = "stand-in-for-a-secret";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => HeldTests.Kinds;

    // Not below the temporary folder, of which nothing is shown, and not in a home.
    private static string Seen => AppContext.BaseDirectory;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task PackageScript_ThatWritesOutsideAndReadsKeys_GetsNeither(string kind)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/npm"), "There is no npm for everybody on this machine.");
        var (work, outside) = (box.Folder($"npm-{kind}"), Directory.CreateDirectory(Path.Combine(Seen, $"npm-outside-{kind}")).FullName);
        File.WriteAllText(Path.Combine(work, "package.json"), """{ "name": "app", "scripts": { "prebuild": "node steal.js", "build": "echo built" } }""");
        File.WriteAllText(Path.Combine(work, "steal.js"), $$"""
            const fs = require('fs'), os = require('os')
            const attempt = (name, action) => { try { console.log(name, action()) } catch (e) { console.log(name, 'refused') } }
            attempt('write', () => fs.writeFileSync('{{outside}}/written', 'x'))
            attempt('home', () => fs.writeFileSync('{{box.Home}}/.bashrc', 'x'))
            attempt('key', () => fs.readFileSync('{{box.Home}}/.ssh/id_ed25519', 'utf8'))
            attempt('own key', () => fs.readFileSync(os.homedir() + '/.ssh/id_ed25519', 'utf8'))
            attempt('login', () => fs.readFileSync('{{box.Home}}/.npmrc', 'utf8'))
            console.log(JSON.stringify(process.env))
            """);

        var result = await box.RunAsync(kind, "npm run build", command => command with { Folder = work });

        Assert.Equal((CommandEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Contains("key refused\nown key refused\nlogin refused\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("built\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(BoxFixture.Key, result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(outside));
        Assert.False(File.Exists(Path.Combine(box.Home, ".bashrc")));
        Directory.Delete(outside);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task BuildTarget_ThatWritesOutsideAndReadsAKey_GetsNeither(string kind)
    {
        var sandbox = await OfTheUserAsync(kind);
        var (work, outside) = (box.Folder($"msbuild-{kind}"), Directory.CreateDirectory(Path.Combine(Seen, $"msbuild-outside-{kind}")).FullName);
        var key = Path.Combine(outside, "key");
        File.WriteAllText(key, Secret);
        File.WriteAllText(Path.Combine(work, "Directory.Build.props"), "<Project />\n");
        File.WriteAllText(Path.Combine(work, "One.cs"), "public static class One;\n");
        File.WriteAllText(Path.Combine(work, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestoreSources></RestoreSources><UseAppHost>false</UseAppHost></PropertyGroup>
              <Target Name="Steal" BeforeTargets="CoreCompile">
                <WriteLinesToFile File="{outside}/written" Lines="x" ContinueOnError="true" />
                <Exec Command="cp One.cs {outside}/copied; cat {key} ~/.ssh/*; echo tried" ContinueOnError="true" />
              </Target>
            </Project>
            """);

        var result = await sandbox.RunAsync(new BoxedCommand("dotnet build -v n -nodeReuse:false -p:UseSharedCompilation=false", work, box.Folder($"msbuild-temp-{kind}"), TimeSpan.FromMinutes(5)) { Hidden = [key] }, Token);

        Assert.Contains("tried", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(work, "bin/Debug/net10.0/App.dll")), result.Output);
        Assert.Equal([key], Directory.GetFileSystemEntries(outside));
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("bubblewrap", NetworkAccess.None)]
    [InlineData("bubblewrap", NetworkAccess.Open)]
    [InlineData("landlock", NetworkAccess.None)]
    public async Task Sockets_WithAPlaceAmongTheFiles_CannotBeConnectedTo(string kind, NetworkAccess network)
    {
        string[] places = [Path.Combine(Seen, $"{kind}{network}.sock"), Path.Combine(box.Root, $"{kind}{network}-docker.sock"), Path.Combine(box.Home, $"{kind}{network}-agent"), .. IsRoot ? [$"/run/planlane-test-{Environment.ProcessId}-{kind}{network}.sock"] : Array.Empty<string>()];
        var listeners = places.Select(Listen).ToList();

        var result = await box.RunAsync(kind, Connect([.. places, $"inside-{network}"]), command => command with { Network = network });

        listeners.ForEach(listener => listener.Dispose());
        foreach (var place in places)
            File.Delete(place);
        Assert.Equal(string.Concat(places.Select(_ => "refused\n")) + (kind == "landlock" ? "refused\n" : "reached\n"), result.Output);
    }

    [Theory]
    [InlineData("bubblewrap", NetworkAccess.None, false)]
    [InlineData("bubblewrap", NetworkAccess.Open, true)]
    [InlineData("landlock", NetworkAccess.None, false)]
    public async Task Sockets_WithoutAPlace_AreReachedOnlyOverAnOpenNetwork(string kind, NetworkAccess network, bool isReached)
    {
        var name = $"planlane-test-{Environment.ProcessId}-{kind}{network}";
        using var listener = Listen("\0" + name);

        var result = await box.RunAsync(kind, Connect(["\\0" + name]), command => command with { Network = network });

        Assert.Equal(isReached ? "reached\n" : "refused\n", result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task OtherWorkspaces_WhereverTheTemporaryFolderIs_CannotBeRead(string kind)
    {
        var temporary = Directory.CreateDirectory(Path.Combine(Seen, $"temporary-{kind}")).FullName;
        var (mine, theirs) = (Directory.CreateDirectory(Path.Combine(temporary, "run/Haiku-1/tmp")).FullName, Directory.CreateDirectory(Path.Combine(temporary, "run/Haiku-2/tree")).FullName);
        var work = Directory.CreateDirectory(Path.Combine(temporary, "run/Haiku-1/tree")).FullName;
        File.WriteAllText(Path.Combine(theirs, "unfinished"), Secret);
        File.WriteAllText(Path.Combine(work, "own"), "own\n");
        var sandbox = await FindAsync(kind, box.Host with { Temporary = temporary });

        var result = await sandbox.RunAsync(new BoxedCommand($"cat {theirs}/unfinished; cat own; echo kept >$TMPDIR/kept", work, mine, TimeSpan.FromSeconds(30)), Token);

        Assert.DoesNotContain(Secret, result.Output, StringComparison.Ordinal);
        Assert.EndsWith("own\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(mine, "kept")));
        Directory.Delete(temporary, recursive: true);
    }

    private static bool IsRoot => OperatingSystem.IsLinux() && Libc.EffectiveUser() == 0;

    // One that is a plain name is a socket of the command's own.
    private static string Connect(string[] places) => $"""
        python3 - <<'END'
        import socket
        for place in [{string.Join(", ", places.Select(place => $"\"{place}\""))}]:
            try:
                if place.startswith("inside"):
                    own = socket.socket(socket.AF_UNIX)
                    own.bind(place)
                    own.listen()
                socket.socket(socket.AF_UNIX).connect(place)
                print("reached")
            except OSError:
                print("refused")
        END
        """;

    private static Socket Listen(string place)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(place));
        socket.Listen();
        return socket;
    }

    private static Task<ISandbox> OfTheUserAsync(string kind) => FindAsync(kind, BoxHost.Current());

    private static async Task<ISandbox> FindAsync(string kind, BoxHost host)
    {
        ISandbox? sandbox = kind == "landlock" ? await LandlockSandbox.FindAsync(TimeProvider.System, host) : (await BubblewrapSandbox.FindAsync(TimeProvider.System, host)).Sandbox;
        Assert.SkipWhen(sandbox is null, $"There is no {kind} on this machine.");
        return sandbox;
    }
}
