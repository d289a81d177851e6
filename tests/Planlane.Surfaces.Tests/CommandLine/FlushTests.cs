using System.Text.Json;
using Planlane.Support;

namespace Planlane.CommandLine;

public sealed class FlushTests
{
    // What git itself tells of each of its processes (trace2): which command it was, and how often it waited for the disk.
    [Fact]
    public async Task Run_FilesOfAgentsAndTheirRefs_AreFlushedByGit()
    {
        await using var simulated = await SimulatedRepository.StartAsync(SimulatedRepository.WithoutBuilds);
        // Where users share a repository, git itself writes every object.
        simulated.Repository.Git("config", "core.sharedRepository", "umask");
        var told = Directory.CreateTempSubdirectory("planlane-test-").FullName;
        var settings = Path.Combine(told, "gitconfig");
        await File.WriteAllTextAsync(settings, $"[trace2]\n  eventTarget = {told}\n", TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>(simulated.Variables) { ["GIT_CONFIG_GLOBAL"] = settings };

        var result = await PlanlaneProcess.RunAsync(simulated.Repository.Folder, variables, simulated.Request, "--auto-approve", "all", "--no-input", "--progress", "quiet");

        Assert.True(result.ExitCode == 0, result.Error);
        var processes = Directory.EnumerateFiles(told).Where(file => file != settings).Select(file => File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement).ToList()).ToList();
        Directory.Delete(told, recursive: true);
        var written = processes.Where(events => Command(events) is ["hash-object", .., "--stdin", "--no-filters"]).ToList();
        Assert.True(written.Count >= 5, $"Only {written.Count} files were written.");
        Assert.All(written, events => Assert.Equal(1, Flushes(events)));
        var anchored = Assert.Single(processes, events => Command(events) is ["update-ref", "--stdin"] && Flushes(events) >= written.Count);
        Assert.True(Flushes(anchored) >= written.Count, $"{Flushes(anchored)} flushes for {written.Count} files");
    }

    private static IReadOnlyList<string> Command(List<JsonElement> events) =>
        [.. events.First(item => item.GetProperty("event").GetString() == "start").GetProperty("argv").EnumerateArray().Select(item => item.GetString()!).SkipWhile(item => item is not ("hash-object" or "update-ref"))];

    private static int Flushes(List<JsonElement> events) => events
        .Where(item => item.GetProperty("event").GetString() == "data" && item.TryGetProperty("key", out var key) && key.GetString() == "fsync/hardware-flush")
        .Sum(item => int.Parse(item.GetProperty("value").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
}
