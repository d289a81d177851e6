using System.Text.RegularExpressions;
using Planlane.Hosting;
using Planlane.Support;

namespace Planlane.CommandLine;

public sealed partial class ReplayTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    // All ways to tell progress are equals: each says the whole run.
    [Fact]
    public async Task Replay_Plain_TellsTheRun() => Snapshot.Match(await ReplayedAsync("--progress", "plain"));

    [Fact]
    public async Task Replay_Accessible_TellsTheRunInWords() => Snapshot.Match(await ReplayedAsync("--accessible"));

    [Fact]
    public async Task Replay_Json_TellsTheRunAsEvents() => Snapshot.Match(await ReplayedAsync("--progress", "json"));

    [Fact]
    public async Task Replay_Quiet_TellsItsEndAlone() => Snapshot.Match(await ReplayedAsync("--progress", "quiet"));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("fast")]
    public async Task Replay_SpeedThatIsNone_IsRefused(string speed)
    {
        using var run = new RecordedRun();

        var result = await PlanlaneProcess.RunAsync(run.Folder, Nothing, "replay", run.Id, $"--speed={speed}");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"--speed is '{speed}'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FollowedAndReplayed_IsToldTheSame()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        var folder = simulated.Repository.Folder;
        using var live = PlanlaneProcess.Start(folder, simulated.Variables, simulated.Request, "--auto-approve", "all", "--no-input", "--json", "--progress", "plain");
        await live.UntilAsync("plan.answered");
        var run = new RunFolders(Path.Combine(folder, ".git")).List().Single().Value;

        var followed = await PlanlaneProcess.RunAsync(folder, Nothing, "log", run, "--follow", "--json");
        var code = await live.EndAsync();
        var replayed = await PlanlaneProcess.RunAsync(folder, Nothing, "replay", run, "--speed", "max", "--json", "--progress", "plain");

        Assert.Equal(0, code);
        Assert.Equal(live.Out, replayed.Out);
        Assert.Equal(Recorded(live.Error), Recorded(replayed.Error));
        Assert.Equal(live.Out.Split('\n').SkipLast(1), followed.Out.Split('\n').SkipLast(1));
        Assert.Equal((0, 0), (followed.ExitCode, replayed.ExitCode));
    }

    [Fact]
    public async Task LogFollow_RunThatNobodyWorksOn_EndsAndSaysHowToGoOn()
    {
        using var run = new RecordedRun();
        var journal = Path.Combine(run.Folder, ".git", "planlane", "runs", run.Id, "journal.jsonl");
        File.WriteAllLines(journal, File.ReadAllLines(journal).Take(20));

        var result = await PlanlaneProcess.RunAsync(run.Folder, Nothing, "log", run.Id, "--follow");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Nobody works on this run now. Go on: planlane resume {run.Id}", result.Error, StringComparison.Ordinal);
    }

    // What holds commands is a fact of the machine at that moment, and not in the journal: on a busy one bubblewrap may not answer in time.
    private static IEnumerable<string> Recorded(string told) => told.Split('\n').Where(line => !line.StartsWith("Commands: ", StringComparison.Ordinal));

    private static async Task<string> ReplayedAsync(params IEnumerable<string> options)
    {
        using var run = new RecordedRun();
        var result = await PlanlaneProcess.RunAsync(run.Folder, Nothing, ["replay", run.Id, "--speed", "max", .. options]);
        return $"exit code {result.ExitCode}\n\nstderr:\n{Holds().Replace(result.Error, "Commands: as this machine holds them")}\n\nstdout:\n{result.Out}";
    }

    [GeneratedRegex("^Commands: .*$", RegexOptions.Multiline)]
    private static partial Regex Holds();
}
