using System.Text.Json.Nodes;
using Planlane.Hosting;
using Planlane.Support;

namespace Planlane.CommandLine;

/// <summary>Landing, rebase and undo as a script meets them.</summary>
public sealed class LandingTests
{
    [Fact]
    public async Task Review_HeadMoved_EndsWithSevenAndResumeRebases()
    {
        await using var simulated = await StartAsync();
        var repository = simulated.Repository;
        Assert.Equal(3, (await simulated.RunAsync(simulated.Request, "--auto-approve", "plan", "--no-input", "--progress", "quiet", "--no-sandbox")).ExitCode);
        var run = new RunFolders(Path.Combine(repository.Folder, ".git")).List().Single();
        var asked = simulated.Questions.Count;
        repository.Write("meanwhile.txt", "x\n");
        repository.Git("add", "meanwhile.txt");
        repository.Git("commit", "-q", "-m", "Meanwhile");

        var stale = await simulated.RunAsync("review", $"{run}", "--auto-approve", "changes", "--no-input", "--progress", "quiet");
        var head = repository.Git("log", "-1", "--format=%s");
        var rebased = await simulated.RunAsync("resume", $"{run}", "--rebase", "--no-input", "--progress", "plain");

        Assert.Equal((7, "Meanwhile", 0), (stale.ExitCode, head, rebased.ExitCode));
        Assert.Contains($"planlane resume {run} --rebase", stale.Error, StringComparison.Ordinal);
        Assert.Contains("Rebased onto HEAD", rebased.Error, StringComparison.Ordinal);
        Assert.Equal((asked, ""), (simulated.Questions.Count, repository.Git("status", "--porcelain")));

        var (unasked, undone, redone) = (
            await simulated.RunAsync("undo", $"{run}"),
            await simulated.RunAsync("undo", $"{run}", "--yes"),
            await simulated.RunAsync("undo", $"{run}", "--redo", "--yes", "--json"));
        Assert.Equal((3, 0, 0), (unasked.ExitCode, undone.ExitCode, redone.ExitCode));
        Assert.Contains($"planlane undo {run} --redo", undone.Out, StringComparison.Ordinal);
        Assert.Equal("forward", redone.Lines[1].GetProperty("way").GetString());
    }

    [Fact]
    public async Task Run_ProtectedBranch_IsRefusedBeforeAnythingIsPaid()
    {
        await using var simulated = await StartAsync();
        simulated.Repository.Write(".git/no-settings/planlane/config.json", """{ "landing": { "protect": ["main"] } }""");

        var result = await simulated.RunAsync(simulated.Request, "--auto-approve", "all", "--no-input");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Nothing may land on main", result.Error, StringComparison.Ordinal);
        Assert.Contains("--branch NAME", result.Error, StringComparison.Ordinal);
        Assert.Empty(simulated.Questions);
    }

    [Fact]
    public async Task Run_HookRefuses_EndsWithSixAndNoVerifyLands()
    {
        await using var simulated = await StartAsync();
        var (repository, hook) = (simulated.Repository, ".git/hooks/commit-msg");
        var before = int.Parse(repository.Git("rev-list", "--count", "HEAD"), System.Globalization.CultureInfo.InvariantCulture);
        repository.Write(hook, "#!/bin/sh\necho 'no ticket in it'; exit 1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(repository.Folder, hook), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var refused = await simulated.RunAsync(simulated.Request, "--auto-approve", "all", "--no-input", "--progress", "quiet", "--no-sandbox");
        var run = new RunFolders(Path.Combine(repository.Folder, ".git")).List().Single();
        var landed = await simulated.RunAsync("resume", $"{run}", "--no-verify", "--squash", "--no-input", "--progress", "quiet");

        Assert.Equal((6, 0), (refused.ExitCode, landed.ExitCode));
        Assert.Contains("The commit-msg hook refused the commit of", refused.Error, StringComparison.Ordinal);
        Assert.Contains("no ticket in it", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before + 1, int.Parse(repository.Git("rev-list", "--count", "HEAD"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Review_HookRefusedACommit_OpensTheWorkAgainAndLandsTheRest()
    {
        await using var simulated = await StartAsync();
        var (repository, hook) = (simulated.Repository, ".git/hooks/pre-commit");
        repository.Write(hook, "#!/bin/sh\n[ ! -f tests/Shop.Tests/Auth/AuthServiceTests.cs ] || { echo 'AuthServiceTests.cs:1: no licence header'; exit 1; }\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(repository.Folder, hook), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var refused = await simulated.RunAsync(simulated.Request, "--auto-approve", "all", "--no-input", "--progress", "quiet", "--no-sandbox");
        var run = new RunFolders(Path.Combine(repository.Folder, ".git")).List().Single();
        Assert.Equal(6, refused.ExitCode);
        var agent = System.Text.RegularExpressions.Regex.Match(refused.Error, $"Send it to (Haiku-[0-9]): planlane review {run}").Groups[1].Value;

        // Looking at it records nothing; a yes without that agent lands what is left.
        var told = await simulated.RunAsync("review", $"{run}", "--json");
        var landed = await simulated.RunAsync("review", $"{run}", "--approve", "all", "--reject", agent, "--progress", "quiet");

        Assert.Equal((3, 4), (told.ExitCode, landed.ExitCode));
        Assert.Contains("\"type\":\"review\"", told.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(repository.Folder, "tests/Shop.Tests/Auth/AuthServiceTests.cs")));
        Assert.DoesNotContain($"[{agent}]", repository.Git("log", "--format=%s"), StringComparison.Ordinal);
    }

    private static Task<SimulatedRepository> StartAsync() => SimulatedRepository.StartAsync(plan => plan["checks"] = new JsonArray());
}
