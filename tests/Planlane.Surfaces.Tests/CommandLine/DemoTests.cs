using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed class DemoTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Demo_NoInput_EndsWithThreeAndChangesNothing()
    {
        using var folder = TempRepository.With();
        var sample = Path.Combine(folder.Folder, "sample");

        var result = await PlanlaneProcess.RunAsync(folder.Folder, Nothing, "demo", "--no-input", "--dir", sample, "--speed", "1000");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("ORCHESTRATION PLAN", result.Out, StringComparison.Ordinal);
        Assert.Contains("The model is scripted", result.Error, StringComparison.Ordinal);
        Assert.Contains($"Decide: planlane demo --scenario auth --dir {sample}", result.Error, StringComparison.Ordinal);
        Assert.Equal("1", folder.Git("-C", sample, "rev-list", "--count", "--all"));
        Assert.Equal("", folder.Git("-C", sample, "status", "--porcelain"));
    }

    [Fact]
    public async Task Demo_List_NamesEveryScenario()
    {
        var result = await PlanlaneProcess.RunAsync(Path.GetTempPath(), Nothing, "demo", "--list");

        Assert.Equal(["auth", "caching", "payments", "product-api", "rest-api", "websocket-chat"], result.Out.Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Demo_FolderOfTheUsers_IsLeftAlone()
    {
        using var folder = TempRepository.With(("mine.txt", "mine"));

        var result = await PlanlaneProcess.RunAsync(folder.Folder, Nothing, "demo", "--dir", ".");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'.' is not empty.", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", folder.Read("mine.txt"));
    }

    [Fact]
    public async Task Demo_ApprovedWithFaults_LandsOneCommitAnAgentAndIsUndone()
    {
        using var folder = TempRepository.With();
        var sample = Path.Combine(folder.Folder, "sample");

        var result = await PlanlaneProcess.RunAsync(folder.Folder, Nothing, "demo", "--auto-approve", "all", "--faults", "--dir", sample, "--speed", "100", "--accessible");

        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        Assert.Contains("Tests: 15/15 passing", result.Out, StringComparison.Ordinal);
        Assert.Contains("diagnostics sent back", result.Error, StringComparison.Ordinal);
        Assert.All(result.Out + result.Error, letter => Assert.True(letter < 0x2500, $"'{letter}' is drawn."));
        var log = folder.Git("-C", sample, "log", "--reverse", "--format=%s|%(trailers:key=Planlane-Agent,valueonly,separator=)", "HEAD~5..HEAD").Split('\n');
        Assert.All(log, (line, index) => Assert.True(line.StartsWith($"[Haiku-{index + 1}] ", StringComparison.Ordinal) && line.EndsWith($"|Haiku-{index + 1}", StringComparison.Ordinal), line));

        await HoldLaterCommandsAsync(folder, sample);
    }

    private static async Task HoldLaterCommandsAsync(TempRepository folder, string sample)
    {
        var shown = await PlanlaneProcess.RunAsync(sample, Nothing, "show", "--json");
        var id = shown.Lines[1].GetProperty("run").GetString()!;
        var transcript = await PlanlaneProcess.RunAsync(sample, Nothing, "log", id, "Haiku-1");
        var asked = await PlanlaneProcess.RunAsync(sample, Nothing, "undo", id);
        var undone = await PlanlaneProcess.RunAsync(sample, Nothing, "undo", id[..3], "--yes");
        var again = await PlanlaneProcess.RunAsync(sample, Nothing, "undo", id, "--yes");

        Assert.Equal("completed", shown.Lines[1].GetProperty("status").GetString());
        Assert.Contains("Turn 2", transcript.Out, StringComparison.Ordinal);
        Assert.Equal((3, 0, 2), (asked.ExitCode, undone.ExitCode, again.ExitCode));
        Assert.Contains($"Do it without being asked: planlane undo {id} --yes", asked.Error, StringComparison.Ordinal);
        Assert.Equal("1", folder.Git("-C", sample, "rev-list", "--count", "HEAD"));
        Assert.Equal("", folder.Git("-C", sample, "status", "--porcelain"));
    }
}
