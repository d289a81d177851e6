using Planlane.Reports;
using Planlane.Testing;

namespace Planlane.Runs;

/// <summary>What a run makes of agents that do not do what they say.</summary>
public sealed class EvidenceRunTests
{
    private const string Project = """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AgentsThatChangeNothing_AreToldOnceAndReportedSo()
    {
        var (report, texts) = await RunAsync(_ => new ScriptedAnswer().AndFinishes("Wrote the greeter"), owns: "src/app.txt");

        Assert.Equal((TaskReportState.Incomplete, FailureClass.NoChange), (report.State, report.Failure));
        Assert.Contains("It reports work, but no file differs.", report.Contradictions);
        // Once in the second attempt, and as the reason why it is made; the conversation of the first is not handed over.
        Assert.Equal(2, texts.Count(text => text.Contains("no file differs from what you were given", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_AgentsThatRepeatACall_AreToldOnceAndReportedSo()
    {
        var (report, texts) = await RunAsync(_ => new ScriptedAnswer().AndCalls("read_file", new { path = "src/none.txt" }));

        Assert.Equal((TaskReportState.Incomplete, FailureClass.Loop), (report.State, report.Failure));
        Assert.Equal(8, report.Turns);
        Assert.Contains(texts, text => text.Contains("the same calls with the same results", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AgentThatClaimsSuccessInWordsAlone_IsToldAndItIsReported()
    {
        var (report, texts) = await RunAsync(request => request.Turns == 0 ? ScriptedAnswer.Says("I have implemented the greeter.") : Script.Written("src/greeter.txt", "greeter"));

        Assert.Equal(TaskReportState.Complete, report.State);
        Assert.Equal(["In turn 1 it said that the work was done, and had called no tool."], report.Contradictions);
        Assert.Contains(texts, text => text.Contains("you have called no tool", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AgentThatSaysThatTestsPass_IsContradictedWhenNoneRan()
    {
        var (report, _) = await RunAsync(_ => ScriptedAnswer.Writes("src/greeter.txt", "greeter\n").AndFinishes("Wrote the greeter; ran `npm test` and all tests pass"));

        Assert.Equal(["It says that tests pass, but no test ran.", "It says that it ran 'npm test', but that did not run."], report.Contradictions);
    }

    [Fact]
    public async Task Run_CheckThatPrintsTests_NamesThemAndShowsCriteriaByThem()
    {
        const string Check = "printf 'TAP version 13\\nok 1 - greets\\nok 2 - waves\\n1..2\\n'";
        var (report, _) = await RunAsync(
            _ => ScriptedAnswer.Writes("src/greeter.txt", "greeter\n").AndCalls("finish", new { status = "complete", work = "Wrote the greeter; all tests pass", evidence = new[] { new { criterion = 1, test = "greets" } } }),
            Check);

        Assert.Equal([new TestCase("greets", TestOutcome.Passed), new TestCase("waves", TestOutcome.Passed)], report.Check!.Cases);
        Assert.Equal([new CriterionResult("src/greeter.txt exists", CriterionStanding.Met, "src/greeter.txt exists")], report.Criteria);
        Assert.Empty(report.Contradictions);
    }

    [Fact]
    public async Task Run_CheckThatNeedsAProgramThatIsNotHere_FailsTheTaskWithoutAnotherCall()
    {
        var calls = 0;
        var (report, _) = await RunAsync(_ => { calls++; return Script.Written("src/greeter.txt", "greeter"); }, "planlane-no-such-program --test");

        Assert.Equal((TaskReportState.Failed, FailureClass.Environment, 1), (report.State, report.Failure, calls));
        Assert.Contains("not installed here", report.Hint, StringComparison.Ordinal);
        Assert.Equal(127, report.Check!.ExitCode);
    }

    [Fact]
    public async Task Run_CSharpThatDoesNotCompile_GoesBackBeforeTheCheckRuns()
    {
        var (report, texts) = await RunAsync(
            request => request.Turns == 0 ? ScriptedAnswer.Writes("src/Greeter.cs", "class Greeter { int Greet() => \"\"; }\n").AndFinishes("Wrote it")
                : ScriptedAnswer.Writes("src/Greeter.cs", "class Greeter { string Greet() => \"\"; }\n").AndFinishes("Mended it"),
            "grep -q string src/Greeter.cs",
            "src/Greeter.cs");

        Assert.Equal((TaskReportState.Complete, 2, true), (report.State, report.Turns, report.Compiled!.Passed));
        Assert.Contains(texts, text => text.Contains("src/Greeter.cs(1,32): error CS0029", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains("grep -q string", StringComparison.Ordinal) && text.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_CommandKilledAtItsLimit_IsToldOnceToTheModel()
    {
        var (report, texts) = await RunAsync(request => request.Turns == 0
            ? new ScriptedAnswer().AndCalls("run_command", new { command = "echo begun; sleep 60", seconds = 1 })
            : Script.Written("src/greeter.txt", "greeter"));

        Assert.Equal(CommandEnd.TimedOut, Assert.Single(report.Commands).End);
        Assert.Matches(@"^Killed, \d+\.\d s\.\n<output>\nbegun\nThe command was killed after 1 seconds\.\n</output>$", Assert.Single(texts, text => text.Contains("illed", StringComparison.Ordinal)));
    }

    // The report of a plan's only task, and what its model read last.
    private static async Task<(TaskReport Report, IReadOnlyList<string> Texts)> RunAsync(Func<ScriptedRequest, ScriptedAnswer> answer, string? check = null, string owns = "src/greeter.txt")
    {
        using var repository = TempRepository.With(("README.md", "# Sample\n"), ("src/app.txt", "app\n"), ("src/Shop.csproj", Project), ("src/Shop.cs", "class Shop { }\n"));
        var task = Script.Task("greeter", owns, [], check);
        IReadOnlyList<string> texts = [];
        var model = new ScriptedModel(request =>
        {
            if (request.Task is null)
                return ScriptedAnswer.Says(Script.Document(task).Replace("@check", "true", StringComparison.Ordinal));
            texts = request.Texts;
            return answer(request);
        });

        var state = await new RunHarness(repository, model) { OnReview = _ => null }.RunAsync(Script.Request, cancellationToken: Token);

        return (state.Task(new("greeter")).Report!, texts);
    }
}
