using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Planlane.Agents;
using Planlane.Approval;
using Planlane.Planning;
using Planlane.Requests;
using Planlane.Reviews;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>Runs of one agent alone, and runs that the user insists on.</summary>
public sealed class SingleRunTests
{
    private static readonly RunSettings Single = RunHarness.Settings with
    {
        Mode = RunMode.Single,
        Agent = RunHarness.Settings.Planner,
        Checks = [new PlannedCheck("test", "test -f docs/greeter.md")],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OneAgent_LandsOneCommitWithoutAPlannersCall()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(Whole);

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, Single, cancellationToken: Token);

        Assert.Equal(new RunEnd(RunOutcome.Completed, null), state.End);
        Assert.Equal(1, model.Calls);
        Assert.Equal(["[Planner-1] Add a greeter with a formatter and its docs", "Start"], repository.Git("log", "--format=%s").Split('\n'));
        Assert.Equal("docs/greeter.md\nsrc/greeter.txt", repository.Git("show", "--name-only", "--format=", "HEAD"));
        Assert.Equal("test", Assert.Single(state.Work!.Checks).Name);
        Assert.Null(Summary.RunSummary.From(state).Alone);
    }

    [Fact]
    public async Task Run_OneAgent_IsToldThatItWorksAloneAndGoesOnAfterAReview()
    {
        using var repository = Script.Repository();
        var last = new List<string>();
        var model = new ScriptedModel(request =>
        {
            last.Add(request.Texts[^1]);
            return request.Turns == 0 ? Whole(request) : Script.Written("src/greeter.txt", "greeter", "louder\n");
        });

        var state = await new RunHarness(repository, model)
        {
            OnReview = now => now.CombinedRounds == 1 ? new ReviewDecision.ChangesRequested([new ReviewComment(null, "Make it louder.")]) : new ReviewDecision.Approved([]),
        }.RunAsync(Script.Request, Single, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("greeter: louder\n", repository.Read("src/greeter.txt"));
        Assert.Contains("Your lane (the only paths you may write):\n- **", last[0], StringComparison.Ordinal);
        Assert.Contains("Make it louder.", last[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OneAgent_HasRulesOfItsOwn()
    {
        using var repository = Script.Repository();
        var rules = new ConcurrentBag<string>();

        await new RunHarness(repository, new Overheard(new ScriptedModel(Whole), rules)).RunAsync(Script.Request, Single, cancellationToken: Token);

        Assert.Equal([AgentAlone.Rules.Trim()], rules.Select(text => text.Trim()));
    }

    [Fact]
    public async Task Decide_WordsToAPlannerInARunOfOneAgent_AreRefused()
    {
        using var repository = Script.Repository();
        var harness = new RunHarness(repository, new ScriptedModel(Whole)) { OnPlan = _ => new PlanDecision.Revise("with less") };

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => harness.RunAsync(Script.Request, Single, cancellationToken: Token));

        Assert.Equal(FaultKind.Usage, fault.Kind);
    }

    [Fact]
    public async Task Run_OneAgentWritesAFileWithUncommittedWork_IsRefusedAndTheUsersWorkStays()
    {
        using var repository = Script.Repository();
        repository.Write("src/app.txt", "edited by the user\n");
        var refused = "";
        var model = new ScriptedModel(request =>
        {
            if (request.Turns == 0)
                return ScriptedAnswer.Writes("src/app.txt", "mine\n");
            refused = request.Texts[^1];
            return Whole(request);
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, Single, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Contains("'src/app.txt' has changes of the user that are not committed", refused, StringComparison.Ordinal);
        Assert.Equal("edited by the user\n", repository.Read("src/app.txt"));
        Assert.Equal("app", repository.Git("show", "HEAD:src/app.txt"));
    }

    [Fact]
    public async Task Start_OneAgentWithASavedPlan_IsAMistake()
    {
        using var repository = Script.Repository();
        var saved = new PlanFile(RequestText.Parse(Script.Request), new ObjectId(repository.Git("rev-parse", "HEAD")), PlanDocument.Parse(Script.Plan()));

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, Single, saved, Token));

        Assert.Equal(FaultKind.Usage, fault.Kind);
    }

    [Fact]
    public async Task Start_Explanation_IsRefusedBeforeACallAndARecord()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(Script.Answer);
        var harness = new RunHarness(repository, model);

        var fault = await Assert.ThrowsAsync<PlanlaneException>(() => harness.RunAsync("Explain how the greeter works", RunHarness.Settings with { Mode = RunMode.Auto }, cancellationToken: Token));

        Assert.Equal((FaultKind.Unsuitable, 0), (fault.Kind, model.Calls));
        Assert.Empty(await (await harness.OpenAsync(Token)).ListAsync(Token));
    }

    [Fact]
    public async Task Run_ExplanationByOneAgent_AnswersInWordsAndCommitsNothing()
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(_ => new ScriptedAnswer().AndCalls("finish", new { status = "complete", work = "Explained the greeter", notes = "It greets." }));

        var state = await new RunHarness(repository, model).RunAsync("Explain how the greeter works", Single with { Checks = [] }, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("It greets.", state.Tasks[0].Report?.Words?.Notes);
        Assert.Equal("Start", repository.Git("log", "--format=%s"));
    }

    [Theory]
    [InlineData(RunMode.Auto, RunOutcome.Unsuitable)]
    [InlineData(RunMode.Forced, RunOutcome.Completed)]
    public async Task Run_PlannerSaysNo_EndsUnlessTheUserInsists(RunMode mode, RunOutcome expected)
    {
        using var repository = Script.Repository();
        var model = new ScriptedModel(request => request switch
        {
            { Task: null, Turns: 0 } => ScriptedAnswer.Says(Script.Plan().Replace("\"orchestrate\":true", "\"orchestrate\":false")),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, RunHarness.Settings with { Mode = mode }, cancellationToken: Token);

        Assert.Equal(expected, state.End?.Outcome);
    }

    [Fact]
    public async Task Run_TaskThatNamesAModel_IsDonePaidAndNamedByIt()
    {
        using var repository = Script.Repository();
        var asked = new List<(string? Task, string? Model)>();
        var model = new ScriptedModel(request =>
        {
            lock (asked)
                asked.Add((request.Task, request.Model));
            return request.Task is null ? ScriptedAnswer.Says(Script.Plan().Replace("\"id\":\"greeter\"", "\"model\":\"test-planner\",\"id\":\"greeter\"")) : Script.Answer(request);
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(["Agent-1", "Planner-2", "Agent-3"], state.Tasks.Select(task => task.Agent.Value));
        Assert.Equal(
            [("docs", "test-agent"), ("formatter", "test-agent"), ("greeter", "test-planner")],
            asked.Where(call => call.Task is not null).OrderBy(call => call.Task, StringComparer.Ordinal).Select(call => (call.Task!, call.Model!)));
        Assert.Equal([0.0015m, 0.0045m, 0.0015m], state.Tasks.Select(task => task.Turns[0].Call.Cost.Usd));
        Assert.Contains("[Planner-2] Add greeter", repository.Git("log", "--format=%s"), StringComparison.Ordinal);
    }

    private static ScriptedAnswer Whole(ScriptedRequest request) => request.Task is SinglePlan.TaskName
        ? ScriptedAnswer.Writes("src/greeter.txt", "greeter: done\n").AndWrites("docs/greeter.md", "docs: done\n").AndFinishes("Wrote a greeter")
        : throw new InvalidOperationException("The planner was asked.");

    // Notes the rules that a model is given.
    private sealed class Overheard(IChatClient inner, ConcurrentBag<string> rules) : DelegatingChatClient(inner)
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var all = messages.ToList();
            rules.Add(string.Concat(all.Where(message => message.Role == ChatRole.System).Select(message => message.Text)));
            return base.GetStreamingResponseAsync(all, options, cancellationToken);
        }
    }
}
