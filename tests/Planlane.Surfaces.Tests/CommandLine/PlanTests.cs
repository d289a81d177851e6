using System.Text.Json.Nodes;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

/// <summary>Commands that plan and run no agent.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task Plan_Saved_IsValidRunsAndIsRefusedWhenStale()
    {
        await using var simulated = await SimulatedRepository.StartAsync();
        var file = Path.Combine(simulated.Repository.Folder, ".git", "plan.json");

        var planned = await simulated.RunAsync("plan", simulated.Request, "-o", file);
        var valid = await simulated.RunAsync("validate", file);
        var before = simulated.Repository.Fingerprint();
        var waits = await simulated.RunAsync("run", file, "--no-input");
        var after = simulated.Repository.Fingerprint();
        simulated.Repository.Git("commit", "-q", "--allow-empty", "-m", "Move on");
        var stale = await simulated.RunAsync("run", file);

        Assert.Equal((0, 0, 3, 7), (planned.ExitCode, valid.ExitCode, waits.ExitCode, stale.ExitCode));
        Assert.Contains("ORCHESTRATION PLAN", planned.Out, StringComparison.Ordinal);
        Assert.Contains($"planlane run {file}", planned.Error, StringComparison.Ordinal);
        Assert.Contains("Decide: planlane resume ", waits.Error, StringComparison.Ordinal);
        Assert.Contains("but HEAD is", stale.Error, StringComparison.Ordinal);
        // While a run waits, private refs keep what it stands on from being collected.
        Assert.Equal(before, after.Select(part => string.Join('\n', part.Split('\n').Where(line => !line.Contains("\trefs/planlane/", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Validate_FileThatIsAFolderToo_NamesIt()
    {
        await using var simulated = await SimulatedRepository.StartAsync();
        var file = Path.Combine(simulated.Repository.Folder, ".git", "plan.json");
        await simulated.RunAsync(simulated.Request, "--plan-only", "-o", file);
        var saved = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        saved["plan"]!["tasks"]![1]!["owns"] = new JsonArray("src/Shop/Auth");
        await File.WriteAllTextAsync(file, saved.ToJsonString(), TestContext.Current.CancellationToken);

        var result = await simulated.RunAsync("validate", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file}:1:", result.Out, StringComparison.Ordinal);
        Assert.Contains(": lanes-disjoint: ", result.Out, StringComparison.Ordinal);
        Assert.EndsWith($" in {file}.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_DocumentWithMistakes_TellsEachWithItsPlace()
    {
        using var repository = TempRepository.With(("plan.json", "{\n  \"tasks\": [\n    { \"id\": \"a\", \"brief\": \"x\", \"own\": [] }\n  ],\n  \"version\": \"2\"\n}\n"));

        var text = await PlanlaneProcess.RunAsync(repository.Folder, new Dictionary<string, string>(), "validate", "plan.json", "--accessible");
        var json = await PlanlaneProcess.RunAsync(repository.Folder, new Dictionary<string, string>(), "validate", "plan.json", "--json");

        Assert.Equal(
            """
            plan.json:3:32: members-known: 'own' is no member of /tasks/0; did you mean 'owns'?
            plan.json:3:5: members-present: /tasks/0 lacks 'owns'.
            plan.json:5:14: types-right: /version must be a whole number of at most 2147483647, not a string.
            3 problems in plan.json.
            """,
            text.Out);
        Assert.Equal((2, 2), (text.ExitCode, json.ExitCode));
        Assert.Equal(
            """{"rule":"members-known","message":"'own' is no member of /tasks/0; did you mean 'owns'?","at":"/tasks/0/own","line":3,"column":32}""",
            json.Lines[1].GetProperty("problems")[0].GetRawText());
    }

    [Fact]
    public async Task Validate_Rebase_MakesAStalePlanFitAgain()
    {
        await using var simulated = await SimulatedRepository.StartAsync();
        var file = Path.Combine(simulated.Repository.Folder, ".git", "plan.json");
        await simulated.RunAsync("plan", simulated.Request, "-o", file);
        simulated.Repository.Git("commit", "-q", "--allow-empty", "-m", "Move on");

        var stale = await simulated.RunAsync("validate", file);
        var rebased = await simulated.RunAsync("validate", file, "--rebase");
        var runs = await simulated.RunAsync("run", file, "--no-input");

        Assert.Equal((7, 0, 3), (stale.ExitCode, rebased.ExitCode, runs.ExitCode));
        Assert.Contains("1 commit came: Move on. No file differs.", stale.Out, StringComparison.Ordinal);
        Assert.Contains($"planlane validate {file} --rebase", stale.Out, StringComparison.Ordinal);
        Assert.Contains("The plan is now for HEAD", rebased.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ApprovedByHash_RunsExactlyThatPlan()
    {
        await using var simulated = await SimulatedRepository.StartAsync();
        var file = Path.Combine(simulated.Repository.Folder, ".git", "plan.json");
        await simulated.RunAsync("plan", simulated.Request, "-o", file);
        var hash = (await simulated.RunAsync("validate", file, "--json")).Lines[1].GetProperty("hash").GetString()!;

        var other = await simulated.RunAsync("run", file, "--approve-plan", "0123456789abcdef");
        var resumed = await simulated.RunAsync("resume", "--approve-plan", "fedcba9876543210");
        var right = await simulated.RunAsync("resume", "--approve-plan", hash, "--json");

        Assert.Equal((7, 7, 3), (other.ExitCode, resumed.ExitCode, right.ExitCode));
        Assert.Contains($"The yes is for plan 0123456789abcdef, but the plan of this run is {hash}.", other.Error, StringComparison.Ordinal);
        Assert.Contains(right.Lines, line => line.GetProperty("type").GetString() == "plan.decided" && line.GetProperty("planHash").GetString() == hash && line.GetProperty("by").GetString() == "user");
        Assert.Equal(hash, right.Lines[^1].GetProperty("planHash").GetString());
    }

    [Fact]
    public async Task Plan_DirectionCharactersInATitle_NeverReachTheTerminal()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan => plan["tasks"]![0]!["title"] = "Create \u202etypes\u001b[2J");

        var result = await simulated.RunAsync(simulated.Request, "--no-input");

        Assert.DoesNotContain(result.Out + result.Error, letter => letter is '\u202e' or '\u001b');
    }

    [Fact]
    public async Task Request_NotSuitable_EndsWithEightAndTheReason()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan =>
        {
            plan["suitability"] = new JsonObject { ["orchestrate"] = false, ["kind"] = "feature", ["reason"] = "One file changes; one agent alone is cheaper." };
            plan["tasks"] = new JsonArray();
        });

        var result = await simulated.RunAsync(simulated.Request);

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("One file changes; one agent alone is cheaper.", result.Out, StringComparison.Ordinal);
        Assert.Contains($"With one agent: planlane \"{simulated.Request}\" --single", result.Error, StringComparison.Ordinal);
        Assert.Contains($"Divide it anyway: planlane \"{simulated.Request}\" --force", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Explanation_IsRefusedBeforeACallIsPaid()
    {
        await using var simulated = await SimulatedRepository.StartAsync();

        var result = await simulated.RunAsync("Explain how the shop stores passwords");
        var json = await simulated.RunAsync("Explain how the shop stores passwords", "--json");
        var runs = await simulated.RunAsync("runs", "--json");

        Assert.Equal((8, 8), (result.ExitCode, json.ExitCode));
        Assert.StartsWith("error: An explanation is asked for", result.Error, StringComparison.Ordinal);
        Assert.Contains("With one agent: planlane \"Explain how the shop stores passwords\" --single", result.Error, StringComparison.Ordinal);
        Assert.Equal("unsuitable", json.Lines[1].GetProperty("kind").GetString());
        Assert.DoesNotContain(runs.Lines, line => line.GetProperty("type").GetString() is "run");
    }

    [Fact]
    public async Task Request_Single_IsShownAsOneAgentAndLandsOneCommit()
    {
        await using var simulated = await SimulatedRepository.StartAsync();
        simulated.Repository.Write(".planlane/config.json", """{ "checks": { "test": "test -f src/Shop/Auth/AuthService.cs" }, "agentModel": "claude-haiku-4-5" }""");

        var shown = await simulated.RunAsync(simulated.Request, "--single", "--no-input");
        var landed = await simulated.RunAsync(simulated.Request, "--single", "--auto-approve", "all");

        Assert.Equal((3, 0), (shown.ExitCode, landed.ExitCode));
        Assert.Contains("PLAN FOR ONE AGENT", shown.Out, StringComparison.Ordinal);
        Assert.Contains("[Sonnet-1]", shown.Out, StringComparison.Ordinal);
        Assert.Contains("test: test -f src/Shop/Auth/AuthService.cs", shown.Out, StringComparison.Ordinal);
        Assert.Contains("RUN COMPLETE", landed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Saved against one", landed.Out, StringComparison.Ordinal);
        Assert.Equal("[Sonnet-1] Implement user authentication with JWT, password hashing…", simulated.Repository.Git("log", "-1", "--format=%s"));
        Assert.Equal(8, simulated.Repository.Git("show", "--name-only", "--format=", "HEAD").Split('\n').Length);
    }

    [Fact]
    public async Task Request_NotSuitableAndForced_IsDivided()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan => plan["suitability"]!["reason"] = "It pays little.");

        var result = await simulated.RunAsync(simulated.Request, "--force", "--no-input", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("forced", result.Lines[1].GetProperty("settings").GetProperty("mode").GetString());
    }

    [Fact]
    public async Task Request_PlanStaysInvalid_EndsWithOneAndTheProblem()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan => plan["tasks"]![1]!["owns"] = new JsonArray("src/Shop/Auth"));

        var result = await simulated.RunAsync(simulated.Request);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The plan stays invalid after 2 repairs: lanes-disjoint", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WrongKey_IsAMistakeOfTheUser()
    {
        await using var simulated = await SimulatedRepository.StartAsync(apiKey: "the right one");

        var result = await simulated.RunAsync(simulated.Request);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("hint: Check ANTHROPIC_API_KEY", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BudgetTooSmall_EndsWithFiveBeforeAnythingIsPaid()
    {
        await using var simulated = await SimulatedRepository.StartAsync();

        var result = await simulated.RunAsync(simulated.Request, "--budget", "0.01");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("--budget AMOUNT", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_NoInputWithJson_IsAStreamFromVersionToResult()
    {
        await using var simulated = await SimulatedRepository.StartAsync();

        var result = await simulated.RunAsync(simulated.Request, "--no-input", "--json");
        var runs = await simulated.RunAsync("runs", "--json");
        var log = await simulated.RunAsync("log", "--json");

        var id = result.Lines[^1].GetProperty("run").GetString();
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("""{"type":"version","schema":"1.0"}""", result.Lines[0].GetRawText());
        // The planner is asked as soon as the question before it is answered, whichever of the two steps is recorded first.
        Assert.Equal(["version", "run.started", "request.triaged", "plan.answered", "plan.checked", "result"], result.Lines.Select(line => line.GetProperty("type").GetString()!).Where(type => !type.StartsWith("step.", StringComparison.Ordinal)));
        Assert.Equal((3, "waitsForPlan"), (result.Lines[^1].GetProperty("exitCode").GetInt32(), result.Lines[^1].GetProperty("status").GetString()));
        Assert.Equal((id, "waitsForPlan"), (runs.Lines[1].GetProperty("run").GetString(), runs.Lines[1].GetProperty("status").GetString()));
        Assert.Equal(result.Lines.SkipLast(1).Select(line => line.GetRawText()), log.Lines.SkipLast(1).Select(line => line.GetRawText()));
    }
}
