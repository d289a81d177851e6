using Planlane.Reports;
using Planlane.Workspaces;

namespace Planlane.Sandbox;

/// <summary>What a boxed command finds.</summary>
public sealed class ShownTests(BoxFixture box) : IClassFixture<BoxFixture>
{
    private const string Bubblewrap = "bubblewrap";

    public static TheoryData<string> Kinds => HeldTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ToolsAndCaches_OfTheHome_AreThere(string kind)
    {
        var result = await box.RunAsync(kind, $"tool; cat {box.Home}/.nuget/packages/some/1.0.0/some.nuspec {box.Home}/.cargo/registry/index");

        Assert.Equal("a tool\na packagean index", result.Output);
    }

    [Fact]
    public async Task Caches_Written_StayAsTheyAre()
    {
        var result = await box.RunAsync(Bubblewrap, "echo more >~/.nuget/packages/new && cat ~/.nuget/packages/new");

        Assert.Equal("more\n", result.Output);
        Assert.False(File.Exists(Path.Combine(box.Home, ".nuget/packages/new")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Environment_IsAnAllowList(string kind)
    {
        var result = await box.RunAsync(kind, "env | sort", command => command with { Variables = [new Variable("MY_TOKEN", "named by the user"), new Variable("PORT", "4100")] });

        Assert.DoesNotContain(BoxFixture.Key, result.Output);
        Assert.DoesNotContain("SSH_AUTH_SOCK", result.Output);
        Assert.DoesNotContain("GOPROXY", result.Output);
        Assert.Contains("LANG=C.UTF-8\n", result.Output);
        Assert.Contains("MY_TOKEN=named by the user\n", result.Output);
        Assert.Contains("PORT=4100\n", result.Output);
        Assert.Contains("TERM=dumb\n", result.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Temp_IsTheCommandsOwn(string kind)
    {
        var theirs = Directory.CreateTempSubdirectory("planlane-elsewhere-");

        var result = await box.RunAsync(kind, $"echo x >$TMPDIR/{kind}-file; ls {theirs.FullName} 2>/dev/null || echo closed");

        theirs.Delete();
        Assert.Equal("closed\n", result.Output);
        Assert.True(File.Exists(Path.Combine(box.Temp, $"{kind}-file")));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space, comma:colon 'quote' \"double\" back\\slash $HOME")]
    public async Task Layers_AreOneFolderAtItsOwnPath(string name)
    {
        var (target, low, high, upper, work) = (box.Folder(name), box.Folder($"{name}-low"), box.Folder($"{name}-high"), box.Folder($"{name}-upper"), box.Folder($"{name}-work"));
        File.WriteAllText(Path.Combine(target, "real"), "the user's");
        File.WriteAllText(Path.Combine(low, "base"), "base");
        File.WriteAllText(Path.Combine(low, "both"), "low");
        File.WriteAllText(Path.Combine(high, "both"), "high");
        File.WriteAllText(Path.Combine(low, ".env"), BoxFixture.Key);
        var sandbox = await box.SandboxAsync(Bubblewrap);
        Assert.SkipWhen(!sandbox.Facts.CanOverlay, "Layers cannot be mounted here.");

        var command = new BoxedCommand("ls -A; cat base both; cat .env; pwd; echo new >new; echo changed >base; rm both", target, box.Temp, TimeSpan.FromSeconds(20))
        {
            Mounts = [new BoxMount.Overlay(target, [high, low], upper, work)],
            Hidden = [Path.Combine(target, ".env"), Path.Combine(target, "absent")],
        };
        var result = await sandbox.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal((CommandEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.StartsWith(".env\nbase\nboth\nbasehigh", result.Output);
        Assert.Contains(target, result.Output);
        Assert.DoesNotContain(BoxFixture.Key, result.Output);
        Assert.Equal(["base", "both", "new"], Directory.GetFileSystemEntries(upper).Select(Path.GetFileName).Order());
        Assert.Equal(["real"], Directory.GetFileSystemEntries(target).Select(Path.GetFileName));
        Assert.Equal("base", File.ReadAllText(Path.Combine(low, "base")));
    }

    [Fact]
    public async Task Binds_ReadOnlyAndWritable_AreSeenAtTheirTargets()
    {
        var (target, shadow, readOnly) = (box.Folder("repository"), box.Folder("shadow"), box.Folder("reference"));
        Directory.CreateDirectory(Path.Combine(target, ".git"));
        File.WriteAllText(Path.Combine(target, ".git/config"), BoxFixture.Key);
        File.WriteAllText(Path.Combine(shadow, "config"), "shadow");

        var result = await box.RunAsync(Bubblewrap, "cat .git/config; echo x >.git/new; echo x >reference/new || echo refused", command => command with
        {
            Folder = target,
            Mounts = [new BoxMount.Bind(target, target, true), new BoxMount.Bind(Path.Combine(target, ".git"), shadow, true), new BoxMount.Bind(Path.Combine(target, "reference"), readOnly, false)],
        });

        Assert.StartsWith("shadow", result.Output);
        Assert.EndsWith("refused\n", result.Output);
        Assert.True(File.Exists(Path.Combine(shadow, "new")));
        Assert.False(File.Exists(Path.Combine(target, ".git/new")));
        Assert.Empty(Directory.GetFileSystemEntries(readOnly));
    }

    [Fact]
    public async Task Loopback_InsideTheBox_Works()
    {
        var result = await box.RunAsync(Bubblewrap, """
            python3 -c 'import socket
            s = socket.create_server(("127.0.0.1", 0)); c = socket.create_connection(s.getsockname()); print("connected")'
            """);

        Assert.Equal("connected\n", result.Output);
    }

    [Fact]
    public async Task OurOwnThreads_BesideACagedOne_StayFree()
    {
        var other = Path.Combine(box.Root, "written-by-us");

        var result = await box.RunAsync("landlock", $"echo x >{other}; echo done");

        Assert.EndsWith("done\n", result.Output);
        Assert.False(File.Exists(other));
        await File.WriteAllTextAsync(other, "ours", TestContext.Current.CancellationToken);
        using var plain = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"echo more >>{other}"]);
        await plain.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("oursmore\n", File.ReadAllText(other));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hosts_NamedAlone_AreRefusedWithAReason(string kind)
    {
        var result = await box.RunAsync(kind, "true", command => command with { Network = NetworkAccess.Hosts, Hosts = ["example.org"] });

        Assert.Equal(CommandEnd.NotStarted, result.End);
        Assert.Contains("named hosts", result.Output);
    }

    [Fact]
    public async Task Probe_OfEverySandbox_FindsThatItHolds()
    {
        foreach (var kind in new[] { Bubblewrap, "landlock" })
        {
            var sandbox = await box.SandboxAsync(kind);
            Assert.Equal(sandbox.Facts.Holds, await new SandboxProbe(sandbox).RunAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Probe_OfASandboxThatClaimsTooMuch_SaysSo()
    {
        var claims = new Boast(new OpenSandbox(TimeProvider.System), (await box.SandboxAsync(Bubblewrap)).Facts);

        var holds = await new SandboxProbe(claims).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal([BoxAspect.FilesWritten, BoxAspect.FilesRead, BoxAspect.Network, BoxAspect.Processes], holds.Where(hold => hold.Degree is HoldDegree.Open).Select(hold => hold.Aspect).Take(4));
    }

    private sealed class Boast(ISandbox inner, SandboxFacts facts) : ISandbox
    {
        public SandboxFacts Facts => facts;

        public Task<BoxResult> RunAsync(BoxedCommand command, CancellationToken cancellationToken) => inner.RunAsync(command, cancellationToken);
    }
}
