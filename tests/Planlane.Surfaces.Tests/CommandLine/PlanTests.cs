using System.Text.Json.Nodes;
using Planlane.Support;

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
        Assert.Equal(before, after);
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
        Assert.Contains("(lanes-disjoint)", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_NotSuitable_EndsWithEightAndTheReason()
    {
        await using var simulated = await SimulatedRepository.StartAsync(plan =>
        {
            plan["suitability"] = new JsonObject { ["orchestrate"] = false, ["reason"] = "One file changes; one agent alone is cheaper." };
            plan["tasks"] = new JsonArray();
        });

        var result = await simulated.RunAsync(simulated.Request);

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("One file changes; one agent alone is cheaper.", result.Out, StringComparison.Ordinal);
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
        Assert.Equal(["version", "run.started", "step.begun", "plan.answered", "plan.checked", "step.ended", "result"], result.Lines.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal((3, "waitsForPlan"), (result.Lines[^1].GetProperty("exitCode").GetInt32(), result.Lines[^1].GetProperty("status").GetString()));
        Assert.Equal((id, "waitsForPlan"), (runs.Lines[1].GetProperty("run").GetString(), runs.Lines[1].GetProperty("status").GetString()));
        Assert.Equal(result.Lines.SkipLast(1).Select(line => line.GetRawText()), log.Lines.SkipLast(1).Select(line => line.GetRawText()));
    }
}
