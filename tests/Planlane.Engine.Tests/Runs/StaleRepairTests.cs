using Planlane.Reviews;
using Planlane.Testing;

namespace Planlane.Runs;

/// <summary>An agent that comes back to its work finds that the task before it has changed a file meanwhile.</summary>
public sealed class StaleRepairTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_DependencyChangedAFileSinceItWasRead_TheRepairEditIsRefusedWithTheCurrentText()
    {
        using var repository = Script.Repository();
        var reviews = 0;
        IReadOnlyList<string> texts = [];
        var model = new ScriptedModel(request =>
        {
            if (request.Task is null)
                return ScriptedAnswer.Says(Plan());
            if (request.Task == "first")
                return ScriptedAnswer.Writes("src/shared.txt", request.Turns == 0 ? "one\n" : "two\n").AndFinishes("Wrote the shared text");
            texts = request.Texts;
            return request.Turns switch
            {
                0 => new ScriptedAnswer().AndCalls("read_files", new { paths = new[] { "src/shared.txt" } }).AndCalls("write_file", new { path = "src/second.txt", content = "second\n" }).AndFinishes("Wrote the second"),
                // What it would do with what it has read.
                1 => new ScriptedAnswer().AndCalls("write_file", new { path = "src/shared.txt", content = "one, and mine\n" }),
                _ => new ScriptedAnswer().AndCalls("edit_file", new { path = "src/shared.txt", edits = new[] { new { old_text = "two", new_text = "two, and mine" } } }).AndFinishes("Added mine"),
            };
        });

        var state = await new RunHarness(repository, model)
        {
            OnReview = _ => reviews++ == 0 ? new ReviewDecision.ChangesRequested([new(new("first"), "Say two"), new(new("second"), "Add yours to the shared text")]) : new ReviewDecision.Approved([]),
        }.RunAsync(Script.Request, cancellationToken: Token);

        Assert.Contains("'src/shared.txt' is no longer what you have seen, so nothing was changed. It holds:\n<file path=\"src/shared.txt\">\ntwo\n</file>\nDo it again on this text, if it still is to be done.", texts);
        // The first message is what the agent was told when it began, so that its conversation can be read from the cache.
        Assert.Contains("<file path=\"src/shared.txt\">\none\n</file>\n</task>", texts.Single(text => text.StartsWith("<task", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Completed, state.End?.Outcome);
        Assert.Equal("two, and mine\n", repository.Read("src/shared.txt"));
    }

    private static string Plan()
    {
        var second = new { id = "second", title = "Write the second", brief = "Write src/second.txt.", owns = new[] { "src/second.txt", "src/shared.txt" }, reads = Array.Empty<string>(), dependsOn = new[] { "first" }, acceptance = new[] { "src/second.txt exists" }, check = (string?)null, estimate = new { minutes = 1, outputTokens = 100 }, commitMessage = "Add second" };
        return Script.Document(Script.Task("first", "src/shared.txt", []), second).Replace("@check", "true", StringComparison.Ordinal);
    }
}
