using Planlane.Support;
using Planlane.Testing;

namespace Planlane.CommandLine;

public sealed class UsageTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static TheoryData<string[], string> Mistakes { get; } = new()
    {
        { ["--frobnicate"], "'--frobnicate' is not an option." },
        { ["demo", "--frobnicate"], "Unrecognized command or argument '--frobnicate'." },
        { ["resum"], "Did you mean: planlane resume" },
        { [""], "The request is empty." },
        { ["   "], "The request is empty." },
        { ["Add a login", "--slots", "none"], "--slots is 'none'." },
        { ["Add a login", "--budget", "0"], "--budget is '0'." },
        { ["Add a login", "--auto-approve", "everything"], "Argument 'everything' not recognized." },
        { ["Add a login", "--progress", "loud"], "Argument 'loud' not recognized." },
        { ["Add a login", "--max-agents", "0"], "--max-agents is '0'." },
        { ["Add a login", "--model", "writer=x"], "--model names the role 'writer'." },
        { ["Add a login", "--require", ""], "--require has an empty text." },
        { ["Add a login", "--request", "any.txt"], "The request is given in words and as a file." },
        { ["--request", "missing.txt"], "The request cannot be read" },
        { ["Add a login", "--single", "--force"], "--single and --force contradict each other" },
        { ["Add a login", "--single", "--plan-only"], "--single makes no plan to be saved" },
        { ["plan", "Add a login", "--single"], "--single makes no plan, so it does not go with 'plan'." },
        { ["run", "plan.json", "--single"], "--single makes no plan, so it does not go with 'run'." },
        { ["run"], "Required argument 'FILE' missing" },
        { ["run", "missing.json"], "The plan cannot be read" },
        { ["demo", "--scenario", "nothing"], "There is no scenario 'nothing'" },
        { ["demo", "--speed", "0"], "--speed is '0'." },
        { ["simulate", "--port", "99999"], "--port is '99999'." },
        { ["-C", "missing", "runs"], "There is no folder 'missing'." },
        { ["Add a login", "--planner-model", "gpt-nothing"], "No model gpt-nothing in the catalogue." },
        { ["review"], "No run waits for a review." },
        { ["resume"], "Every run of this repository has ended." },
        { ["undo", "abc"], "There is no run 'abc'" },
        { ["show"], "There is no run in this repository yet." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task CommandLine_Mistake_EndsWithTwoAndSaysWhatToDo(string[] arguments, string message)
    {
        using var repository = TempRepository.With();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, Nothing, arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_NoArguments_ShowsTheHelpButIsNoSuccess()
    {
        var result = await PlanlaneProcess.RunAsync(Path.GetTempPath(), Nothing);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("Usage:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_NoKey_SaysToSetOneOrTryTheDemo()
    {
        using var repository = TempRepository.With();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "Add a login with tests");

        Assert.Equal(new PlanlaneProcess.Result(2, "", "error: No API key: ANTHROPIC_API_KEY is not set.\nhint: Set ANTHROPIC_API_KEY, or try `planlane demo`."), result);
        Assert.False(Directory.Exists(Path.Combine(repository.Folder, ".git", "planlane")));
    }

    [Fact]
    public async Task CommandLine_WrongVariable_NamesIt()
    {
        using var repository = TempRepository.With();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, new Dictionary<string, string> { ["PLANLANE_SLOTS"] = "many" }, "Add a login with tests");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("PLANLANE_SLOTS is 'many'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_FaultWithJson_EndsTheStreamWithIt()
    {
        using var repository = TempRepository.With();

        var result = await PlanlaneProcess.RunAsync(repository.Folder, Nothing, "show", "--json");

        Assert.Equal(
            """
            {"type":"version","schema":"1.0"}
            {"type":"error","kind":"usage","message":"There is no run in this repository yet.","hint":"Start one: planlane \"REQUEST\""}
            {"type":"result","exitCode":2}
            """,
            result.Out);
    }
}
