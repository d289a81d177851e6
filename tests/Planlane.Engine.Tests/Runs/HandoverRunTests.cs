using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Planlane.Models;
using Planlane.Reviews;
using Planlane.Testing;
using Planlane.Values;

namespace Planlane.Runs;

/// <summary>The planner's model takes a task over in a conversation of its own, from the files as they are.</summary>
public sealed class HandoverRunTests
{
    private static readonly TaskId Greeter = new("greeter");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AgentsModelCannotDoIt_ThePlannersModelGetsTheFilesAndNotTheConversation()
    {
        using var repository = Script.Repository();
        var handed = new List<ScriptedRequest>();
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Plan),
            { Task: "greeter", Model: "test-planner" } => Taken(request),
            { Task: "greeter" } => Script.Written("src/greeter.txt", "greeter", $"try {request.Turns + 1}\n"),
            _ => Script.Answer(request),
        });
        ScriptedAnswer Taken(ScriptedRequest request)
        {
            handed.Add(request);
            // Its own second turn is in the same conversation.
            return handed.Count == 1 ? new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "src/greeter.txt" } }) : Script.Written("src/greeter.txt", "greeter", "right\n");
        }

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("greeter: right", repository.Read("src/greeter.txt").Trim());
        Assert.Equal([1, 1, 1, 2, 2], state.Task(Greeter).Turns.Select(turn => turn.Attempt));
        Assert.Equal([0, 1], handed.Select(request => request.Turns));
        Assert.Equal(handed[0].Texts, handed[1].Texts.Take(handed[0].Texts.Count));
        Assert.StartsWith("<task id=\"greeter\"", handed[0].Texts[0], StringComparison.Ordinal);
        Assert.Contains("<so-far>\n<file path=\"src/greeter.txt\">\ngreeter: try 3\n</file>\n</so-far>", handed[0].Texts[0], StringComparison.Ordinal);
        Assert.Contains("<contract path=\"src/contract.txt\">", handed[0].Texts[0], StringComparison.Ordinal);
        // What the others are told, and what was tried, is left out.
        Assert.DoesNotContain("Write src/formatter.txt.", handed[0].Texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain(handed[0].Texts, text => text.Contains("try 1", StringComparison.Ordinal));
        Assert.Contains(handed[0].Texts, text => text.StartsWith("<feedback kind=\"incomplete\">", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_KilledWhileThePlannersModelIsAtWork_SendsTheSameOpening()
    {
        using var repository = Script.Repository();
        var openings = new List<string>();
        ScriptedAnswer Answer(ScriptedRequest request, Func<ScriptedAnswer> taken)
        {
            if (request is not { Task: "greeter", Model: "test-planner" })
                return request switch { { Task: null } => ScriptedAnswer.Says(Plan), { Task: "greeter" } => Script.Written("src/greeter.txt", "greeter", "wrong\n"), _ => Script.Answer(request) };
            openings.Add(request.Texts[0]);
            return taken();
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var harness = new RunHarness(repository, new ScriptedModel(request => Answer(request, () =>
        {
            if (request.Turns == 0)
                return ScriptedAnswer.Writes("src/greeter.txt", "greeter: half\n");
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        })));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.RunAsync(Script.Request, cancellationToken: stop.Token));
        var service = await harness.OpenAsync(Token);
        var id = Assert.Single(await service.ListAsync(Token)).Id;

        var state = await new RunHarness(repository, new ScriptedModel(request => Answer(request, () => Script.Written("src/greeter.txt", "greeter", "right\n")))).ResumeAsync(id, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal(3, openings.Count);
        Assert.Single(openings.Distinct());
    }

    [Fact]
    public async Task Run_ChangesThatTheUserAskedForFail_ThePlannersModelReadsWhatWasAsked()
    {
        using var repository = Script.Repository();
        var reviews = 0;
        IReadOnlyList<string> handed = [];
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Plan),
            { Task: "greeter", Model: "test-planner" } => Script.Written("src/greeter.txt", "greeter", Noted(request, ref handed)),
            { Task: "greeter" } => Script.Written("src/greeter.txt", "greeter", request.Texts.Any(text => text.Contains("Say it in French", StringComparison.Ordinal)) ? $"try {request.Turns}\n" : "right\n"),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model)
        {
            OnReview = _ => reviews++ == 0 ? new ReviewDecision.ChangesRequested([new(Greeter, "Say it in French")]) : new ReviewDecision.Approved([]),
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, "greeter: right, and French"), (state.End?.Outcome, repository.Read("src/greeter.txt").Trim()));
        Assert.Contains(handed, text => text.StartsWith("<feedback kind=\"review\">", StringComparison.Ordinal) && text.Contains("Say it in French", StringComparison.Ordinal));
        Assert.StartsWith("<feedback kind=\"incomplete\">", handed[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RepairReachesItsLimit_ThePlannersModelReadsWhatTheCheckOfTheWholeSaid()
    {
        using var repository = Script.Repository();
        IReadOnlyList<string> handed = [];
        var plan = Script.Plan("grep -q French src/greeter.txt || { echo 'src/greeter.txt:7: error: not French'; exit 1; }");
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(plan),
            { Task: "greeter", Model: "test-planner" } => Script.Written("src/greeter.txt", "greeter", Noted(request, ref handed)),
            { Task: "greeter", Turns: > 0 } => new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { request.Turns % 2 == 0 ? "README.md" : "src/app.txt" } }),
            _ => Script.Answer(request),
        });

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, RunHarness.Settings with { MaxTurns = 2 }, cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, "greeter: right, and French"), (state.End?.Outcome, repository.Read("src/greeter.txt").Trim()));
        Assert.Contains(handed, text => text.StartsWith("<feedback kind=\"check\">", StringComparison.Ordinal) && text.Contains("src/greeter.txt:7: error: not French", StringComparison.Ordinal));
        Assert.Contains("limit of 2 turns", handed[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LaneAndFilesThatAreShown_ArePartOfTheOpeningAndMayBeEditedAtOnce()
    {
        using var repository = Script.Repository();
        var openings = new List<string>();
        var model = new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Plan),
            { Task: "greeter", Model: "test-planner" } => Taken(request),
            // What a command wrote, no agent has seen.
            { Task: "greeter", Turns: 0 } => new ScriptedAnswer().AndCalls("request_file", new { path = "src/app.txt", why = "It must be wired." })
                .AndCalls("run_command", new { command = "echo 'greeter: wrong' > src/greeter.txt" }).AndFinishes("Wrote it"),
            { Task: "greeter" } => new ScriptedAnswer().AndFinishes("Wrote it"),
            _ => Script.Answer(request),
        });
        ScriptedAnswer Taken(ScriptedRequest request)
        {
            openings.Add(request.Texts[0]);
            // What is granted from now on does not change what it was told at first.
            return request.Turns == 0
                ? Edited("src/greeter.txt", "wrong", "right").AndCalls("edit_file", Edit("src/app.txt", "app", "app, wired")).AndCalls("request_file", new { path = "README.md", why = "It must be told." })
                : new ScriptedAnswer().AndFinishes("Mended it");
        }

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.All(state.Task(Greeter).Turns.Where(turn => turn.Attempt == 2).SelectMany(turn => turn.Results ?? []), result => Assert.False(result.IsError, result.Text));
        Assert.Equal(("greeter: right", "app, wired"), (repository.Read("src/greeter.txt").Trim(), repository.Read("src/app.txt").Trim()));
        Assert.Equal(2, openings.Count);
        var opening = Assert.Single(openings.Distinct());
        Assert.Contains("write):\n- src/greeter.txt\n- src/app.txt\n\n", opening, StringComparison.Ordinal);
        Assert.Contains("<file path=\"src/app.txt\">\napp\n</file>", opening, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CallsThatBeginAfresh_HaveNoPrefixThatOthersAreComparedWith()
    {
        using var repository = Script.Repository();
        using var model = new WithPrefix(new ScriptedModel(request => request switch
        {
            { Task: null } => ScriptedAnswer.Says(Plan),
            { Task: "greeter", Model: "test-agent" } => Script.Written("src/greeter.txt", "greeter", "wrong\n"),
            { Task: "greeter" } => Script.Written("src/greeter.txt", "greeter", "right\n"),
            _ => Script.Answer(request),
        }));

        var state = await new RunHarness(repository, model).RunAsync(Script.Request, cancellationToken: Token);

        Assert.Equal((RunOutcome.Completed, 0), (state.End?.Outcome, state.PrefixDifferences));
        Assert.Equal(["shared", "shared", "shared", null], state.Task(Greeter).Turns.Select(turn => turn.Call.Prefix));
    }

    private static string Noted(ScriptedRequest request, ref IReadOnlyList<string> handed)
    {
        handed = request.Texts;
        return "right, and French\n";
    }

    private static object Edit(string path, string before, string after) => new { path, edits = new[] { new { old_text = before, new_text = after } } };

    private static ScriptedAnswer Edited(string path, string before, string after) => new ScriptedAnswer().AndCalls("edit_file", Edit(path, before, after));

    private static string Plan => Script.Document(
        Script.Task("formatter", "src/formatter.txt", []),
        Script.Task("greeter", "src/greeter.txt", [], check: "grep -q right src/greeter.txt || { echo 'src/greeter.txt:1: error: wrong'; exit 1; }"),
        Script.Task("docs", "docs/greeter.md", ["formatter", "greeter"])).Replace("@check", "test -f docs/greeter.md");

    // Tells of every call what it began with, as the real service's client does.
    private sealed class WithPrefix(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                update.AdditionalProperties = new() { [ChatKeys.Prefix] = "shared" };
                yield return update;
            }
        }
    }
}
