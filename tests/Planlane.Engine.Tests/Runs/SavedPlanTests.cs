using System.Text.Json.Nodes;
using Planlane.Approval;
using Planlane.Planning;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Plans that come from a file: run without a planner, bound to their base and their content.</summary>
public sealed class SavedPlanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_PlanWrittenByHand_LandsWithoutAPlannersCall()
    {
        using var repository = Script.Repository();
        var file = PlanReading.Of("""
            {
              "request": "Add a greeter with a formatter",
              "plan": {
                "tasks": [
                  { "id": "formatter", "brief": "Write src/formatter.txt.", "owns": ["src/formatter.txt"] },
                  { "id": "greeter", "brief": "Write src/greeter.txt.", "owns": ["src/greeter.txt"] },
                  { "id": "docs", "brief": "Write docs/greeter.md.", "owns": ["docs/greeter.md"] }
                ]
              }
            }
            """).File!;
        var model = new ScriptedModel(request => request.Task is null ? throw new InvalidOperationException("The planner was asked.") : Script.Answer(request));

        var state = await new RunHarness(repository, model).RunAsync(file.Request.Goal, plan: file, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(3, model.Calls);
        Assert.Equal("[Agent-1] Formatter", repository.Git("log", "--format=%s", "--reverse", "-n", "3").Split('\n')[0]);
    }

    [Fact]
    public async Task Run_BaseMovedWithoutThePlansFiles_SaysSoAndHowToGoOn()
    {
        using var repository = Script.Repository();
        var file = Saved(repository);
        for (var i = 1; i <= 7; i++)
            Commit(repository, $"notes/{i}.txt", $"Note {i}");

        var fault = await RefusalAsync(repository, file);

        Assert.Equal(
            $"The plan was made for commit {file.BaseCommit!.Value.Value[..7]}, but HEAD is {repository.Git("rev-parse", "HEAD")[..7]}. 7 commits came: Note 7; Note 6; Note 5; Note 4; Note 3; …. 7 files differ, and none of them is one that the plan writes or reads.",
            fault.Message);
        Assert.Equal("Prove the plan on HEAD and make that its base: planlane validate plan.json --rebase", fault.Hint);
    }

    [Fact]
    public async Task Run_BaseMovedWithThePlansFiles_NamesThem()
    {
        using var repository = Script.Repository();
        var file = Saved(repository);
        Commit(repository, "src/greeter.txt", "Greet by hand");
        Commit(repository, "src/app.txt", "Change the app");

        var fault = await RefusalAsync(repository, file);

        Assert.Contains("2 commits came: Change the app; Greet by hand. 2 files differ; of those that the plan writes or reads: src/greeter.txt.", fault.Message);
        Assert.Contains("Or plan again", fault.Hint);
    }

    [Fact]
    public async Task Run_BaseIsNoLongerInTheHistory_SaysHowManyCommitsAreGone()
    {
        using var repository = Script.Repository();
        Commit(repository, "notes.txt", "Note");
        var file = Saved(repository);
        repository.Git("reset", "-q", "--hard", "HEAD~1");

        Assert.Contains("1 commit of the base is no longer there. 1 file differs", (await RefusalAsync(repository, file)).Message);
    }

    [Fact]
    public async Task Run_BaseOfAnotherRepository_IsNamedAsUnknown()
    {
        using var repository = Script.Repository();

        var fault = await RefusalAsync(repository, Saved(repository) with { BaseCommit = new ObjectId(new string('a', 40)) });

        Assert.EndsWith("This repository has no such commit.", fault.Message);
    }

    [Fact]
    public async Task Decide_YesToAnotherPlan_IsRefusedAndTheRunWaitsOn()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => new PlanDecision.Approved { PlanHash = "0123456789abcdef" } };

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => harness.RunAsync(Script.Request, cancellationToken: Token));
        var service = await harness.OpenAsync(Token);
        var state = await service.LatestAsync(Token);

        Assert.Equal(FaultKind.Stale, fault.Kind);
        Assert.Equal($"The yes is for plan 0123456789abcdef, but the plan of this run is {PlanFile.HashOf(state!.Plan!)}.", fault.Message);
        Assert.Equal(RunWait.PlanDecision, state.Waiting);
    }

    [Fact]
    public async Task Decide_YesToThePlanThatWasSeen_IsRecordedWithItsHash()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = state => new PlanDecision.Approved { PlanHash = PlanFile.HashOf(state.Plan!) } };

        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);
        var events = await (await harness.OpenAsync(Token)).ReadAsync(state.Id, Token);

        var decided = events.Select(recorded => recorded.Event).OfType<PlanDecided>().Single();
        Assert.Equal((PlanFile.HashOf(state.Plan!), decided.PlanHash), (decided.PlanHash, ((PlanDecision.Approved)decided.Decision).PlanHash));
    }

    [Fact]
    public void Journal_DecisionOfBeforeHashes_IsStillRead()
    {
        var line = """{"sequence":5,"at":"2026-11-24T10:00:00+00:00","event":{"type":"plan.decided","decision":{"$type":"approved"},"by":"user"}}"""u8;

        Assert.Equal(new PlanDecided(new PlanDecision.Approved(), "user"), Journal.EventJson.Read(line).Event);
    }

    [Fact]
    public async Task Revise_NewPlan_KeepsTheOneThatWasShownBefore()
    {
        using var repository = Script.Repository();
        var shown = new List<Plan>();
        var model = new ScriptedModel(request => request switch
        {
            { Task: null, Turns: 1 } => ScriptedAnswer.Says(Script.Plan().Replace("Write the docs", "Write the guide")),
            _ => Script.Answer(request),
        });
        var harness = new RunHarness(repository, model)
        {
            OnPlan = state =>
            {
                shown.Add(state.Plan!);
                return shown.Count == 1 ? new PlanDecision.Revise("Call it a guide") : null;
            },
        };

        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(shown[0], state.PreviousPlan);
        Assert.Equal(["docs: title"], PlanDiff.Between(state.PreviousPlan!, state.Plan!).Tasks.Select(change => $"{change.Task.Id}: {string.Join(' ', change.Members)}"));
    }

    private static PlanFile Saved(TempRepository repository) => PlanReading.Of(new JsonObject
    {
        ["request"] = Script.Request,
        ["baseCommit"] = repository.Git("rev-parse", "HEAD"),
        ["plan"] = JsonNode.Parse(Script.Plan()),
    }.ToJsonString()).File!;

    private static void Commit(TempRepository repository, string path, string subject)
    {
        repository.Write(path, subject + "\n");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", subject);
    }

    private static async Task<PlanlaneException> RefusalAsync(TempRepository repository, PlanFile file)
    {
        var model = new ScriptedModel(Script.Answer);
        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => new RunHarness(repository, model).RunAsync(Script.Request, plan: file, cancellationToken: Token));
        Assert.Equal((FaultKind.Stale, 0), (fault.Kind, model.Calls));
        return fault;
    }
}
