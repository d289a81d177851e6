using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed class SignalTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task Signal_WhilePlanning_StopsAndSaysHowToGoOn(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        Assert.SkipWhen(IsIgnored(signal), "This process was started with the signal ignored, as a shell starts what runs in the background; so are its children.");
        using var repository = TempRepository.With();
        var sample = Path.Combine(repository.Folder, "sample");
        using var process = await PlanningAsync(repository, sample);

        process.Signal(signal);

        Assert.Equal(code, await process.EndAsync());
        await process.UntilAsync($"Go on: planlane demo --scenario auth --dir {sample}");
        var runs = await PlanlaneProcess.RunAsync(sample, Nothing, "runs", "--json");
        Assert.DoesNotContain("completed", runs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HangUp_Twice_StopsInOrderAsOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        Assert.SkipWhen(IsIgnored("HUP"), "This process was started with the signal ignored, as a shell starts what runs in the background; so are its children.");
        using var repository = TempRepository.With();
        var sample = Path.Combine(repository.Folder, "sample");
        using var process = await PlanningAsync(repository, sample);

        // The shell tells it, and so does the system.
        process.Signal("HUP");
        process.Signal("HUP");

        // Who is ended by the second has the same code, and says nothing.
        Assert.Equal(129, await process.EndAsync());
        await process.UntilAsync($"Go on: planlane demo --scenario auth --dir {sample}");
    }

    [Fact]
    public async Task Quit_WhilePlanning_EndsAtOnceAndLosesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        Assert.SkipWhen(IsIgnored("QUIT"), "This process was started with the signal ignored, as a shell starts what runs in the background; so are its children.");
        using var repository = TempRepository.With();
        var sample = Path.Combine(repository.Folder, "sample");
        using var process = await PlanningAsync(repository, sample);

        process.Signal("QUIT");

        Assert.Equal(131, await process.EndAsync());
        Assert.Contains("\"status\":\"unfinished\"", (await PlanlaneProcess.RunAsync(sample, Nothing, "runs", "--json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_UntilASignal_ServesTheApi()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends no such signals to a single process.");
        using var process = PlanlaneProcess.Start(Path.GetTempPath(), Nothing, "simulate", "--port", "0", "--scenario", "caching");
        await process.UntilAsync("Ctrl-C stops it.");

        process.Signal("TERM");

        Assert.Equal(143, await process.EndAsync());
        Assert.Contains("ANTHROPIC_BASE_URL=http://127.0.0.1:", process.Out, StringComparison.Ordinal);
    }

    private static async Task<PlanlaneProcess> PlanningAsync(TempRepository repository, string sample)
    {
        var process = PlanlaneProcess.Start(repository.Folder, Nothing, "demo", "--dir", sample, "--auto-approve", "all", "--speed", "4");
        await process.UntilAsync("Planning with");
        return process;
    }

    private static bool IsIgnored(string signal)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
            return false;
        var mask = Convert.ToUInt64(File.ReadLines(Status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim(), 16);
        return (mask >> ((signal switch { "HUP" => 1, "INT" => 2, "QUIT" => 3, _ => 15 }) - 1) & 1) == 1;
    }
}
