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

    private static string Plan => Script.Document(
        Script.Task("formatter", "src/formatter.txt", []),
        Script.Task("greeter", "src/greeter.txt", [], check: "grep -q right src/greeter.txt || { echo 'src/greeter.txt:1: error: wrong'; exit 1; }"),
        Script.Task("docs", "docs/greeter.md", ["formatter", "greeter"])).Replace("@check", "test -f docs/greeter.md");
}
