using System.Diagnostics;
using Planlane.Budgets;
using Planlane.Hosting;
using Planlane.Journal;
using Planlane.Requests;
using Planlane.Runs;
using Planlane.Support;
using Planlane.Testing;

namespace Planlane.Telemetry;

public sealed class RunTracerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_OfAWholeRun_AreATreeWithTheFiguresOfTheJournal()
    {
        using var spans = new SpanCollector();
        using var repository = Script.Repository();

        var run = await new RunHarness(repository, new ScriptedModel(Script.Answer)).RunAsync(Script.Request, cancellationToken: Token);

        var all = spans.Of(run);
        Snapshot.Match(SpanCollector.TreeOf(all, run));
        var chats = all.Where(span => span.Kind is ActivityKind.Client).ToList();
        Assert.Equal(run.Calls.Count, chats.Count);
        Assert.Equal(run.Calls.Sum(call => call.Usage.TotalInput), chats.Sum(span => (long)SpanCollector.Tag(span, "gen_ai.usage.input_tokens")!));
        Assert.Equal((double)BudgetRules.Spent(run).Usd, chats.Sum(span => (double)SpanCollector.Tag(span, "planlane.cost.usd")!), 9);
        Assert.All(all, span => Assert.InRange(span.StartTimeUtc, run.StartedAt.UtcDateTime.AddSeconds(-1), run.LastAt.UtcDateTime));
    }

    [Fact]
    public async Task Spans_OfAResumedRun_AreInTheSameTraceAndNoneIsMadeTwice()
    {
        using var spans = new SpanCollector();
        using var repository = Script.Repository();
        var waiting = await new RunHarness(repository, new ScriptedModel(Script.Answer)) { OnReview = _ => null }.RunAsync(Script.Request, cancellationToken: Token);
        Assert.Equal(RunWait.ReviewDecision, waiting.Waiting);

        var run = await new RunHarness(repository, new ScriptedModel(Script.Answer)).ResumeAsync(waiting.Id, cancellationToken: Token);

        var all = spans.Of(run);
        Assert.Equal(RunOutcome.Completed, run.End?.Outcome);
        Assert.Equal(2, all.Count(span => span.DisplayName == "invoke_workflow planlane"));
        Assert.Equal([false, true], all.Where(span => span.ParentSpanId == default).Select(span => (bool)SpanCollector.Tag(span, "planlane.resumed")!));
        Assert.Equal(run.Calls.Count, all.Count(span => span.Kind is ActivityKind.Client));
        Assert.Single(all, span => span.DisplayName == "land");
    }

    // What starts planlane, such as a pipeline, says in TRACEPARENT which of its spans that is a part of.
    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "b7ad6b7169203331")]
    [InlineData("nonsense", "0000000000000000")]
    public async Task Root_OfAProcessThatWasGivenATraceParent_IsItsChild(string parent, string expected)
    {
        using var spans = new SpanCollector();
        using var repository = Script.Repository();
        var service = await RunService.OpenAsync(repository.Folder, new EngineOptions { Seed = 1, Models = () => new ScriptedModel(Script.Answer), TraceParent = parent }, Token);
        await using var active = await service.StartAsync(RequestText.Parse(Script.Request), RunHarness.Settings, null, Token);
        await foreach (var update in active.Updates.ReadAllAsync(Token))
            if (update.State.Waiting is RunWait.PlanDecision && update.State.Sequence == active.State.Sequence)
                await active.DecideAsync(new Approval.PlanDecision.Rejected(), "user");
        var run = await active.Completion;

        var all = spans.Of(run);
        var root = Assert.Single(all, span => span.DisplayName == "invoke_workflow planlane");
        Assert.Equal(expected, root.ParentSpanId.ToHexString());
        Assert.Equal(expected.StartsWith('b') ? "0af7651916cd43dd8448eb211c80319c" : root.TraceId.ToHexString(), root.TraceId.ToHexString());
        Assert.All(all, span => Assert.Equal(root.TraceId, span.TraceId));
    }

    [Fact]
    public async Task Spans_OfFailures_HaveAnErrorTypeAndTheContentThatWasAskedForHasNoSecret()
    {
        const string Key = "ghp_" + "0123456789abcdefABCDEF0123456789abcd";
        using var spans = new SpanCollector();
        using var repository = Script.Repository();
        var service = await RunService.OpenAsync(repository.Folder, new EngineOptions { Seed = 1, Models = () => new ScriptedModel(Clumsy), TracesContent = true }, Token);

        await using var active = await service.StartAsync(RequestText.Parse($"{Script.Request}; the token is {Key}"), RunHarness.Settings, null, Token);
        await foreach (var update in active.Updates.ReadAllAsync(Token))
            if (update.State.Waiting is RunWait.PlanDecision && update.State.Sequence == active.State.Sequence)
                await active.DecideAsync(new Approval.PlanDecision.Approved(), "user");
            else if (update.State.Waiting is RunWait.ReviewDecision && update.State.Sequence == active.State.Sequence)
                await active.DecideAsync(new Reviews.ReviewDecision.Rejected(), "user");
        var run = await active.Completion;

        var all = spans.Of(run);
        var refused = Assert.Single(all, span => span.DisplayName == "execute_tool write_file" && span.Status is ActivityStatusCode.Error);
        Assert.Equal("tool_error", SpanCollector.Tag(refused, "error.type"));
        Assert.Contains("outside", (string)SpanCollector.Tag(refused, "gen_ai.tool.call.arguments")!, StringComparison.Ordinal);
        Assert.Contains(all, span => span.DisplayName == "check test" && (string?)SpanCollector.Tag(span, "error.type") == "check_failed");
        var tags = all.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString()).Concat(all.Select(span => span.StatusDescription)).ToList();
        Assert.DoesNotContain(tags, tag => tag?.Contains(Key, StringComparison.Ordinal) is true);
        Assert.Contains(tags, tag => tag?.Contains(Values.SecretMask.Mark, StringComparison.Ordinal) is true);
    }

    [Fact]
    public void Spans_OfAnOldJournal_AreMadeWithoutTheTimesThatItLacks()
    {
        var acted = (Agents.TurnActed)EventJson.Read("""{"sequence":3,"at":"2026-11-23T12:00:00+00:00","event":{"type":"turn.acted","taskId":"a","number":1,"results":[],"changes":{"files":[]}}}"""u8).Event;

        Assert.Empty(acted.Seconds);
    }

    private static ScriptedAnswer Clumsy(ScriptedRequest request) => request switch
    {
        { Task: null } => ScriptedAnswer.Says(Script.Plan(check: "exit 3")),
        { Task: "formatter", Turns: 0 } => ScriptedAnswer.Writes("outside.txt", "x"),
        { Task: "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("run_command", new { command = "echo ghp_0123456789abcdefABCDEF; echo " + "ghp_" + "0123456789abcdefABCDEF0123456789abcd" }),
        _ => Script.Answer(request),
    };
}
