using Planlane.Hosting;
using Planlane.Support;
using Planlane.Values;

namespace Planlane.CommandLine;

public sealed class LeaseTests
{
    // Without the runtime's locks it is as on a file system that has none: there the words beside the lock decide.
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Resume_AnotherProcessWorksOnTheRun_SaysWhoAndTakesOverWhenItIsDead(string locksAreOff)
    {
        await using var simulated = await SimulatedRepository.StartAsync(speed: 0.5);
        var variables = new Dictionary<string, string>(simulated.Variables) { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = locksAreOff };
        var folders = new RunFolders(Path.Combine(simulated.Repository.Folder, ".git"));
        PlanlaneProcess Start(params IEnumerable<string> arguments) =>
            PlanlaneProcess.Start(simulated.Repository.Folder, variables, [.. arguments, "--auto-approve", "all", "--no-input", "--progress", "plain"]);
        using var first = Start(simulated.Request);
        await first.UntilAsync("Planning with");
        var run = folders.List().Single();

        var refused = await ResumeAsync(run);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"Another planlane process works on this run: process {first.Id} on {Environment.MachineName}, since {DateTime.UtcNow:yyyy-}", refused.Error, StringComparison.Ordinal);
        first.Signal("KILL");
        await first.EndAsync();

        // Two at once: one has it, whichever comes first, and the other one says so.
        using var second = Start("resume", run.Value);
        using var third = Start("resume", run.Value);
        var ended = await Task.WhenAny(second.EndAsync(), third.EndAsync());
        var (loser, winner) = second.HasEnded ? (second, third) : (third, second);
        Assert.Equal(1, await ended);
        Assert.Contains($"Another planlane process works on this run{(locksAreOff == "1" ? $": process {winner.Id} on " : "")}", loser.Error, StringComparison.Ordinal);
        await winner.UntilAsync("Planning with");

        Task<PlanlaneProcess.Result> ResumeAsync(RunId id) => PlanlaneProcess.RunAsync(simulated.Repository.Folder, variables, "resume", id.Value, "--no-input");
    }
}
