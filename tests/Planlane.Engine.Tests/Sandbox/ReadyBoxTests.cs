using Planlane.Sandbox.Linux;

namespace Planlane.Sandbox;

/// <summary>Boxes that are half made before their command comes, and what is left of them.</summary>
public sealed class ReadyBoxTests(BoxFixture box) : IClassFixture<BoxFixture>
{
    private const string Bubblewrap = "bubblewrap";

    [Fact]
    public async Task Cache_MadeAgainSinceTheLastCommand_IsSeen()
    {
        var cache = Path.Combine(box.Home, ".npm/_cacache");
        Directory.CreateDirectory(cache);
        File.WriteAllText(Path.Combine(cache, "file"), "old");
        Assert.Equal("old", (await box.RunAsync(Bubblewrap, "cat ~/.npm/_cacache/file; echo mine >~/.npm/_cacache/file")).Output);
        Assert.Equal("old", (await box.RunAsync(Bubblewrap, "cat ~/.npm/_cacache/file")).Output);

        Directory.Delete(cache, recursive: true);
        Directory.CreateDirectory(cache);
        File.WriteAllText(Path.Combine(cache, "file"), "new");

        Assert.Equal("new", (await box.RunAsync(Bubblewrap, "cat ~/.npm/_cacache/file")).Output);
        Directory.Delete(cache, recursive: true);
        Assert.Equal("gone\n", (await box.RunAsync(Bubblewrap, "test -e ~/.npm/_cacache || echo gone")).Output);
        Assert.False(Directory.Exists(cache));
    }

    [Fact]
    public async Task Package_InstalledSinceTheLastCommand_IsSeen()
    {
        await box.RunAsync(Bubblewrap, "ls ~/.nuget/packages/some");
        File.WriteAllText(Path.Combine(box.Home, ".nuget/packages/some/added"), "added");

        Assert.Equal("added", (await box.RunAsync(Bubblewrap, "cat ~/.nuget/packages/some/added")).Output);
    }

    [Fact]
    public async Task Starter_KilledWhileItWaits_IsReplaced()
    {
        await box.RunAsync(Bubblewrap, "true");
        foreach (var waiting in System.Diagnostics.Process.GetProcessesByName("sh").Where(IsOurStarter))
        {
            waiting.Kill();
            // Only what is dead is seen to be.
            await waiting.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("ran\n", (await box.RunAsync(Bubblewrap, "echo ran")).Output);
    }

    [Fact]
    public async Task Layer_OfAProcessThatWasKilled_IsMountedAgain()
    {
        var sandbox = await box.SandboxAsync(Bubblewrap);
        Assert.SkipWhen(!sandbox.Facts.CanOverlay, "Layers cannot be mounted here.");
        var (target, lower, upper, work) = (box.Folder("again"), box.Folder("again-lower"), box.Folder("again-upper"), box.Folder("again-work"));
        var command = box.Command("echo more >>file; cat file") with { Folder = target, Mounts = [new BoxMount.Overlay(target, [lower], upper, work)] };
        await sandbox.RunAsync(command, TestContext.Current.CancellationToken);
        // What the kernel writes while a volatile layer is mounted, and a killed process does not remove.
        Directory.CreateDirectory(Path.Combine(work, "work/incompat/volatile"));

        var result = await sandbox.RunAsync(command, TestContext.Current.CancellationToken);

        Assert.Equal("more\nmore\n", result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(work));
    }

    [Fact]
    public async Task Folders_WhenTheStartersEnd_AreGone()
    {
        var tools = BoxTools.Find(box.Host);
        Assert.SkipWhen(tools is null, "There is no bubblewrap on this machine.");
        var starters = new BoxStarters(tools, box.Host, null, isNested: false);
        var one = starters.Take(BoxLimits.Default);
        var folder = one.Folder.Path;
        Assert.True(Directory.Exists(folder));
        await one.Process.Started;
        one.Process.Kill(withTree: true);
        await one.Process.Exited;

        starters.Return(one);
        starters.Dispose();

        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(System.Diagnostics.Process.GetProcessesByName("sh"), process => CommandLine(process.Id).Contains(folder, StringComparison.Ordinal));
    }

    private static bool IsOurStarter(System.Diagnostics.Process process) => CommandLine(process.Id) is var line && line.Contains("planlane-box-", StringComparison.Ordinal) && line.Contains("read -r go", StringComparison.Ordinal)
        && line.Contains($"planlane-box-{Environment.ProcessId}-", StringComparison.Ordinal);

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
