using System.Text.Json;
using Planlane.Hosting;
using Planlane.Models;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Telemetry;

public sealed class DiagnosticLogTests : IDisposable
{
    private static readonly SecretMask Secrets = new(["s3cr3t-of-the-log"]);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planlane-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "inner", "log.jsonl");

    [Fact]
    public async Task Log_OfAWholeRun_LiesBesideItsJournalAndNamesTaskAttemptAndStep()
    {
        using var repository = Script.Repository();

        var run = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        var lines = Lines(new RunFolders(Path.Combine(repository.Folder, ".git")).LogOf(run.Id));
        Assert.All(lines, line => Assert.Equal(run.Id.Value, line.GetProperty("run").GetString()));
        Assert.All(lines, line => Assert.Equal("info", line.GetProperty("level").GetString()));
        Assert.Equal(run.Calls.Count, lines.Count(line => line.GetProperty("message").GetString()!.Contains(" answered in ", StringComparison.Ordinal)));
        var turn = lines.First(line => line.TryGetProperty("turn", out _));
        Assert.Equal((1, 1), (turn.GetProperty("attempt").GetInt32(), turn.GetProperty("turn").GetInt32()));
        Assert.Contains(turn.GetProperty("task").GetString(), new[] { "formatter", "greeter" });
        Assert.Contains(lines, line => line.TryGetProperty("step", out var step) && step.GetString() == "attempt:docs:1");
        Assert.Equal("This process leaves the run: Completed.", lines[^1].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Log_OfCallsThatAreTriedAgain_SaysWhyAndForWhichTask()
    {
        using var repository = Script.Repository();
        var failed = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        // Once for the planner and once for one agent.
        ScriptedAnswer Faulty(ScriptedRequest request) => request.Task is null or "docs" && failed.TryAdd(request.Task ?? "planner", true) ? throw new ModelException(ModelFault.Overloaded, "Overloaded.") { RetryAfter = TimeSpan.FromMilliseconds(10) } : Script.Answer(request);

        var run = await new RunHarness(repository, new ScriptedModel(Faulty)).RunAsync(Script.Request, cancellationToken: Token);

        var waits = Lines(new RunFolders(Path.Combine(repository.Folder, ".git")).LogOf(run.Id)).Where(line => line.GetProperty("level").GetString() == "warning").ToList();
        Assert.Equal(
            [("test-planner will be asked again in 0.0 s: Overloaded.", null), ("test-agent will be asked again in 0.0 s: Overloaded.", "docs")],
            waits.Select(line => (line.GetProperty("message").GetString(), line.TryGetProperty("task", out var task) ? task.GetString() : null)));
    }

    [Fact]
    public void Log_OfAFaultThatNobodyForesaw_HasThePlaceAndNoSecret()
    {
        using (var log = new DiagnosticLog(File, new RunId("abc123"), TimeProvider.System, Secrets))
        {
            log.Recorded(Update());
            log.Faulted(new StepId("land"), Thrown());
            log.Waited(null, new ModelId("m"), new ModelActivity.Waiting(ModelFault.RateLimited, TimeSpan.FromSeconds(75)));
            log.Left(null);
        }

        var lines = Lines(File);
        Assert.Equal(["info", "error", "warning", "info"], lines.Select(line => line.GetProperty("level").GetString()));
        Assert.Equal(("land", $"InvalidOperationException: broken with {SecretMask.Mark}"), (lines[1].GetProperty("step").GetString(), lines[1].GetProperty("message").GetString()));
        Assert.Contains(nameof(Thrown), lines[1].GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.Equal("m will be asked again in 75.0 s: RateLimited.", lines[2].GetProperty("message").GetString());
    }

    [Fact]
    public void Log_AtItsGreatestSize_KeepsOneOlderFile()
    {
        using (var log = new DiagnosticLog(File, new RunId("abc123"), TimeProvider.System, Secrets, mostBytes: 2_000))
            for (var i = 0; i < 100; i++)
                log.Faulted(new StepId("land"), new InvalidOperationException($"fault {i}"));

        Assert.Equal(["log.jsonl", "log.jsonl.1"], Directory.GetFiles(Path.GetDirectoryName(File)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(File)!), file => Assert.InRange(new FileInfo(file).Length, 1, 2_500));
        Assert.Contains("fault 99", Lines(File)[^1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ThatCannotBeWritten_IsNoReasonToFail()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "inner"), "a file, no folder");
        using var log = new DiagnosticLog(File, new RunId("abc123"), TimeProvider.System, Secrets);

        log.Recorded(Update());

        Assert.False(System.IO.File.Exists(File));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("broken with s3cr3t-of-the-log");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private static RunUpdate Update()
    {
        var recorded = new RecordedEvent(1, DateTimeOffset.UnixEpoch, new RunStarted(new RunId("abc123"), new RunRequest("x", [], []), new RunBase(default, default, null, []), RunHarness.Settings));
        return new RunUpdate(recorded, RunState.Empty.Apply(recorded));
    }

    private static List<JsonElement> Lines(string file) => [.. System.IO.File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];
}
