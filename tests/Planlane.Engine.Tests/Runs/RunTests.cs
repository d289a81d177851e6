using Planlane.Agents;
using Planlane.Approval;
using Planlane.Budgets;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Runs;

public sealed class RunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_EverythingApproved_LandsContractsAndOneCommitPerAgent()
    {
        using var repository = Script.Repository();

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal(
            ["[Agent-3] Add docs", "[Agent-2] Add greeter", "[Agent-1] Add formatter", "[Plan] Add shared contracts", "Start"],
            repository.Git("log", "--format=%s").Split('\n'));
        Assert.Equal("docs/greeter.md", repository.Git("show", "--name-only", "--format=", "HEAD"));
        Assert.Equal(
            $"Assisted-by: planlane:test-agent\nPlanlane-Run: {state.Id}\nPlanlane-Agent: Agent-3",
            repository.Git("show", "-s", "--format=%(trailers)", "HEAD").Trim());
        Assert.Equal("", repository.Git("status", "--porcelain"));
        Assert.Equal("docs: done\n", repository.Read("docs/greeter.md"));
        Assert.Equal("", repository.Git("for-each-ref", "refs/planlane"));
    }

    [Fact]
    public async Task Run_PlanRejected_LeavesTheRepositoryAsItWas()
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        repository.Write("notes.txt", "untracked\n");
        var before = repository.Fingerprint();

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnPlan = _ => new PlanDecision.Rejected() }
            .RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Rejected, state.End?.Outcome);
        Assert.Equal(before, repository.Fingerprint());
    }

    [Fact]
    public async Task Run_WorkRejected_LeavesTheRepositoryAsItWas()
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        repository.Write("notes.txt", "untracked\n");
        repository.Git("add", "notes.txt");
        var before = repository.Fingerprint();

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnReview = _ => new ReviewDecision.Rejected() }
            .RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Rejected, state.End?.Outcome);
        Assert.Equal(3, state.Tasks.Count(task => task.IsComplete));
        Assert.Equal(before, repository.Fingerprint());
    }

    [Fact]
    public async Task Run_UserHasUncommittedWork_AgentsSeeItAndItIsNotCommitted()
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        var seen = "";
        var model = new ScriptedModel(request => request switch
        {
            { Task: "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "src/app.txt" } }),
            { Task: "greeter", Turns: 1 } => Remember(request, out seen),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("<file path=\"src/app.txt\">\nedited by the user\n</file>", seen);
        Assert.Equal(" M src/app.txt", repository.Git("status", "--porcelain"));
        Assert.Equal("app", repository.Git("show", "HEAD:src/app.txt"));

        static ScriptedAnswer Remember(ScriptedRequest request, out string text)
        {
            text = request.Texts[^1];
            return Script.Answer(request);
        }
    }

    [Fact]
    public async Task Run_ChangesForOneAgent_OnlyItWorksAgainWithItsTranscript()
    {
        using var repository = Script.Repository();
        var asked = new List<(string? Task, string Last)>();
        var model = new ScriptedModel(request =>
        {
            lock (asked)
                asked.Add((request.Task, request.Texts[^1]));
            return request is { Task: "greeter", Turns: 1 } ? Script.Written("src/greeter.txt", "greeter", "louder\n") : Script.Answer(request);
        });

        var state = await new RunHarness(repository, model)
        {
            OnReview = now => now.CombinedRounds == 1
                ? new ReviewDecision.ChangesRequested([new ReviewComment(new TaskId("greeter"), "Make it louder.")])
                : new ReviewDecision.Approved([]),
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("greeter: louder\n", repository.Read("src/greeter.txt"));
        Assert.Equal(("greeter", "<feedback kind=\"review\">\nThe user asks for this change:\nMake it louder.\n\nMake it, then call finish again.\n</feedback>"), asked[^1]);
        Assert.Equal([null, "docs", "formatter", "greeter", "greeter"], asked.Select(call => call.Task).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_OneAgentLeftOut_TheRestIsCheckedAgainAndLands()
    {
        using var repository = Script.Repository();

        var state = await new RunHarness(repository, new ScriptedModel(Script.Answer))
        {
            OnReview = _ => new ReviewDecision.Approved([new TaskId("greeter")]),
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.CompletedInPart, state.End?.Outcome);
        Assert.Equal(2, state.CombinedRounds);
        Assert.Equal(["[Agent-3] Add docs", "[Agent-1] Add formatter", "[Plan] Add shared contracts", "Start"], repository.Git("log", "--format=%s").Split('\n'));
    }

    [Fact]
    public async Task Run_WriteOutsideTheLane_IsRefusedWithTheOwnerAndCounted()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request is { Task: "greeter", Turns: 0 }
            ? ScriptedAnswer.Writes("src/formatter.txt", "mine now\n").AndWrites("src/../.git/config", "x").AndWrites("src/contract.txt", "x")
            : Script.Answer(request));

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("formatter: done\n", repository.Read("src/formatter.txt"));
        var refused = state.Task(new TaskId("greeter")).Turns[0].Results!;
        Assert.Equal(
            [
                "'src/formatter.txt' belongs to Agent-1 (Write the formatter). Your lane is: src/greeter.txt. Leave it to its owner.",
                "The path 'src/../.git/config' lies in a .git folder.",
                "'src/contract.txt' is a contract that all tasks share; it cannot be changed. Build against it as it is.",
            ],
            refused.Select(result => result.Text));
        Assert.All(refused, result => Assert.True(result.IsError));
    }

    [Fact]
    public async Task Run_FreeFileRequested_LaneGrowsAndItIsCommittedWithTheAgent()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request switch
        {
            { Task: "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("request_file", new { path = "src/app.txt", why = "It must be wired." }),
            { Task: "greeter", Turns: 1 } => Script.Written("src/greeter.txt", "greeter").AndCalls("edit_file", new { path = "src/app.txt", edits = new[] { new { old_text = "app", new_text = "app with greeter" } } }),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("app with greeter\n", repository.Read("src/app.txt"));
        Assert.Equal("src/app.txt\nsrc/greeter.txt", repository.Git("show", "--name-only", "--format=", "HEAD~1"));
    }

    [Fact]
    public async Task Run_CheckOfTheWholeFails_OwnerOfTheNamedFileRepairsIt()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Script.Plan("grep -q louder src/greeter.txt || { echo 'src/greeter.txt:1: error: too quiet'; exit 1; }")),
            { Task: "greeter", Turns: 1 } => Script.Written("src/greeter.txt", "greeter", "louder\n"),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal([1, 2, 1], state.Tasks.Select(task => task.Turns.Count));
        var feedback = state.Task(new TaskId("greeter")).Turns[1].Prompted!;
        Assert.Equal(FeedbackKind.Check, feedback.Kind);
        Assert.Contains("failed with exit code 1:\nsrc/greeter.txt:1: error: too quiet\n\nThis is the work of all tasks together", feedback.Text);
    }

    [Fact]
    public async Task Run_CheckNeverPasses_EscalatesOnceThenAsksTheHuman()
    {
        using var repository = Script.Repository();
        var models = new List<string?>();
        var model = new ScriptedModel(request =>
        {
            if (request.Task == "greeter")
                models.Add(request.Model);
            return request.Task is null ? ScriptedAnswer.Says(Script.Plan("echo 'src/greeter.txt:1: error: never good'; exit 1")) : Script.Answer(request);
        });

        var state = await new RunHarness(repository, model) { OnReview = _ => null }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunWait.ReviewDecision, state.Waiting);
        Assert.False(state.Work!.Passed);
        Assert.Equal(["test-agent", "test-agent", "test-agent", "test-planner"], models);
        Assert.Equal("Checks failed, so the work is not approved automatically.", ReviewRules.Refusal(state, new ReviewDecision.Approved([]), ReviewRules.Auto));
    }

    [Fact]
    public async Task Run_AgentFinishesWithoutItsFile_IsToldAndThenReportedIncomplete()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request.Task == "greeter" ? new ScriptedAnswer().AndFinishes("Wrote everything") : Script.Answer(request));

        var state = await new RunHarness(repository, model) { OnReview = _ => null }.RunAsync(Script.Request, cancellationToken: Token);

        var report = state.Task(new TaskId("greeter")).Report!;
        Assert.Equal(TaskReportState.Incomplete, report.State);
        Assert.Equal(["It reports work, but no file differs.", "It reports that it is done, but 'src/greeter.txt' does not exist."], report.Contradictions);
        Assert.Equal([new TaskId("formatter")], state.Work!.Included);
    }

    [Fact]
    public async Task Run_BudgetTooSmallForAnAgent_StandsStillAndGoesOnWithMore()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));

        var state = await harness.RunAsync(Script.Request, RunHarness.Settings with { Budget = new Cost(0.10m) }, cancellationToken: Token);
        Assert.Equal(FaultKind.Budget, RunDecider.StandsStill(state)?.Kind);
        Assert.Empty(state.Calls);

        var resumed = await harness.ResumeAsync(state.Id, new Cost(5), Token);
        Assert.Equal(RunOutcome.Completed, resumed.End?.Outcome);
    }

    [Fact]
    public async Task Run_HeadMovedBeforeLanding_NothingLandsAndTheWorkIsKept()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer))
        {
            OnReview = _ =>
            {
                repository.Write("other.txt", "someone else\n");
                repository.Git("add", "other.txt");
                repository.Git("commit", "-q", "-m", "Someone else was faster");
                return new ReviewDecision.Approved([]);
            },
        };

        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(FaultKind.Stale, state.Halt?.Kind);
        Assert.Equal("Someone else was faster", repository.Git("log", "-1", "--format=%s"));
        repository.Git("reset", "-q", "--hard", "HEAD~1");
        Assert.Equal(RunOutcome.Completed, (await harness.ResumeAsync(state.Id, cancellationToken: Token)).End?.Outcome);
    }

    [Fact]
    public async Task Undo_LandedRun_TakesItBackAndKeepsTheUsersWork()
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        var harness = new RunHarness(repository, new ScriptedModel(Script.Answer));
        var state = await harness.RunAsync(Script.Request, cancellationToken: Token);

        await (await harness.OpenAsync(Token)).UndoAsync(state.Id, Token);

        Assert.Equal("Start", repository.Git("log", "--format=%s"));
        Assert.Equal(" M src/app.txt", repository.Git("status", "--porcelain"));
        Assert.False(File.Exists(Path.Combine(repository.Folder, "docs/greeter.md")));
    }
}
