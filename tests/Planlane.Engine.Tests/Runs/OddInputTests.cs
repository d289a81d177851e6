using System.Text.Json;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Testing;

namespace Planlane.Runs;

public sealed class OddInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pytest_RowOfNumbers_IsReadAtOnce()
    {
        var row = string.Join(' ', Enumerable.Repeat("11", 40));
        var read = await Task.Run(() => CheckOutput.Read(row + " x\n", "/x", 1), Token).WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Null(read.Tests);
    }

    [Theory]
    [InlineData("SRC/greeter.txt")]
    [InlineData("src/Greeter.txt")]
    public async Task Lane_OtherCase_DoesNotPoisonTheRun(string path)
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request is { Task: "greeter", Turns: 0 }
            ? ScriptedAnswer.Writes("src/greeter.txt", "a\n").AndWrites(path, "b\n").AndFinishes("x") : Script.Answer(request));
        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Null(state.Halt);
    }

    [Fact]
    public async Task RequestFile_BelowAFile_DoesNotPoisonTheRun()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request is { Task: "greeter", Turns: 0 }
            ? new ScriptedAnswer().AndCalls("request_file", new { path = "README.md/more.txt", why = "x" }).AndWrites("README.md/more.txt", "a\n").AndWrites("src/greeter.txt", "a\n").AndFinishes("x") : Script.Answer(request));
        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
    }

    [Fact]
    public async Task Glob_WriteToFolderItself_DoesNotPoisonTheRun()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("greeter", "docs/**", [])).Replace("@check", "true")),
            _ => ScriptedAnswer.Writes("docs/a.md", "a\n").AndWrites("docs", "b\n").AndFinishes("x"),
        });
        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Null(state.Halt);
    }

    [Fact]
    public async Task Plan_FileAndFolderLanes_AreRefusedAsPlan()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request.Task switch
        {
            null => ScriptedAnswer.Says(Script.Document(Script.Task("one", "docs", []), Script.Task("two", "docs/a.md", [])).Replace("@check", "true")),
            "one" => ScriptedAnswer.Writes("docs", "a\n").AndFinishes("x"),
            _ => ScriptedAnswer.Writes("docs/a.md", "b\n").AndFinishes("x"),
        });
        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Null(state.Plan);
    }

    [Fact]
    public void Tool_LoneSurrogate_IsAnsweredNotACrash()
    {
        using var raw = JsonDocument.Parse("""{"path":"src/greeter.txt","content":"x \ud83d y"}""");
        Assert.Null(Tools.ToolInput.Text(raw.RootElement, "content"));
    }

    [Fact]
    public async Task Land_NoChangeAtAll_DoesNotCrash()
    {
        using var repository = Script.Repository();
        var plan = JsonSerializer.Serialize(new
        {
            version = 1,
            suitability = new { orchestrate = true, reason = "x" },
            stages = new[] { "A" },
            contracts = Array.Empty<object>(),
            tasks = new[] { new { id = "one", title = "t", brief = "b", owns = new[] { "README.md" }, reads = Array.Empty<string>(), dependsOn = Array.Empty<string>(), acceptance = Array.Empty<string>(), check = (string?)null, estimate = new { minutes = 1, outputTokens = 100 }, commitMessage = "m" } },
            checks = Array.Empty<object>(),
            covers = Array.Empty<object>()
        });
        var model = new ScriptedModel(request => request.Task is null ? ScriptedAnswer.Says(plan) : new ScriptedAnswer().AndFinishes("nothing to do"));
        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Null(state.Halt);
    }

    [Fact]
    public async Task Edit_Latin1File_KeepsItsOtherBytes()
    {
        using var repository = Script.Repository();
        File.WriteAllBytes(Path.Combine(repository.Folder, "latin.txt"), [(byte)'a', (byte)'\n', 0xE9, (byte)'\n']);
        repository.Git("add", ".");
        repository.Git("commit", "-q", "-m", "latin");
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Document(Script.Task("one", "latin.txt", [])).Replace("@check", "true")),
            _ => new ScriptedAnswer().AndCalls("edit_file", new { path = "latin.txt", edits = new[] { new { old_text = "a", new_text = "b" } } }).AndFinishes("x"),
        });
        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);
        Assert.Null(state.Halt);
        Assert.Equal([(byte)'a', (byte)'\n', 0xE9, (byte)'\n'], File.ReadAllBytes(Path.Combine(repository.Folder, "latin.txt")));
    }

    [Fact]
    public async Task Changes_ForATaskWithoutTurns_ReachTheModel()
    {
        using var repository = Script.Repository();
        var asked = 0;
        var seen = "";
        var model = new ScriptedModel(request =>
        {
            if (request.Task == "formatter")
            {
                if (asked == 0) { asked++; return Script.Written("src/formatter.txt", "formatter") with { Ending = Microsoft.Extensions.AI.ChatFinishReason.ContentFilter }; }
            }
            if (request.Task == "docs") seen = string.Join('\n', request.Texts);
            return Script.Answer(request);
        });
        var rounds = 0;
        var state = await new RunHarness(repository, model)
        {
            OnReview = s => rounds++ == 0 ? new ReviewDecision.ChangesRequested([new ReviewComment(null, "MARKER-WORDS")]) : new ReviewDecision.Approved([]),
        }.RunAsync(Script.Request, RunHarness.Settings with { MaxRepairs = 0 }, cancellationToken: Token);
        Assert.Contains("MARKER-WORDS", seen);
    }

    [Theory]
    [InlineData("""{"request":null,"baseCommit":"abc","plan":@}""")]
    [InlineData("""{"request":{"goal":"x","constraints":[],"splitHints":[]},"baseCommit":"abc","plan":@}""")]
    [InlineData("""{"request":{"constraints":[],"splitHints":[]},"baseCommit":"abc","plan":@}""")]
    public async Task PlanFile_Odd_IsAUsageFault(string text)
    {
        using var repository = Script.Repository();
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"));
        await File.WriteAllTextAsync(path, text.Replace("@", Script.Plan()), Token);
        await Assert.ThrowsAnyAsync<PlanlaneException>(async () =>
        {
            var file = await PlanFile.ReadAsync(path, Token);
            var service = await new RunHarness(repository, new ScriptedModel(Script.Answer)).OpenAsync(Token);
            await service.StartAsync(file.Request, RunHarness.Settings, file, Token);
        });
    }

    [Fact]
    public async Task Resume_AfterGitGc_StillHasItsObjects()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnReview = _ => null };
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);
        repository.Git("gc", "-q", "--prune=now");
        var end = await new RunHarness(repository, new ScriptedModel(Script.Answer)).ResumeAsync(state.Id, cancellationToken: Token);
        Assert.Equal(RunOutcome.Completed, end.End?.Outcome);
    }
}
