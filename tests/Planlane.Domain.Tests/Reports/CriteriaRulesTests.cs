using Planlane.Agents;
using Planlane.Values;

namespace Planlane.Reports;

public sealed class CriteriaRulesTests
{
    private static readonly Ran Tested = new("npm test", 0, new(2, 0, 1), [new("Sum > adds", TestOutcome.Passed), new("Sum.Numbers(n: 2)", TestOutcome.Passed), new("later", TestOutcome.Skipped)]);
    private static readonly Ran Broken = new("npm test", 1, new(0, 1, 0), [new("Sum > adds", TestOutcome.Failed)]);

    [Theory]
    [InlineData("src/a.cs exists", CriterionStanding.Met, "src/a.cs exists")]
    [InlineData("The file `src/b.cs` exists.", CriterionStanding.NotMet, "src/b.cs does not exist")]
    [InlineData("`src/old.cs` is removed", CriterionStanding.Met, "src/old.cs does not exist")]
    [InlineData("`src/a.cs` no longer exists", CriterionStanding.NotMet, "src/a.cs exists")]
    [InlineData("src/lane/c.cs exports a function `sum`", CriterionStanding.NotMet, "src/lane/c.cs does not exist")]
    [InlineData("Nothing imports src/lane/c.cs", CriterionStanding.NotShown, null)]
    [InlineData("src/elsewhere.cs is never touched", CriterionStanding.NotShown, null)]
    [InlineData("src/a.cs exports a function `sum`", CriterionStanding.NotShown, null)]
    [InlineData("`npm test` passes", CriterionStanding.Met, "npm test: exit code 0, 2 of 3 tests passed")]
    [InlineData("`npm test` passes with a coverage of 90 %", CriterionStanding.NotShown, null)]
    [InlineData("All tests pass.", CriterionStanding.Met, "npm test: exit code 0, 2 of 3 tests passed")]
    [InlineData("2 tests pass", CriterionStanding.Met, "npm test: exit code 0, 2 of 3 tests passed")]
    [InlineData("All 3 unit tests pass", CriterionStanding.NotShown, null)]
    [InlineData("Tests cover expired tokens", CriterionStanding.NotShown, null)]
    [InlineData("`Numbers` checks both", CriterionStanding.Met, "test Sum.Numbers(n: 2) passed")]
    [InlineData("`later` is there", CriterionStanding.NotShown, "test later was skipped")]
    public void Of_WordsOfACriterion_AreMeasuredWhereTheyCanBe(string criterion, CriterionStanding standing, string? evidence) =>
        Assert.Equal(new CriterionResult(criterion, standing, evidence), Assert.Single(Of(Task(criterion), Tested).Criteria));

    [Theory]
    [InlineData("""{"criterion":1,"test":"adds"}""", CriterionStanding.Met, "test Sum > adds passed", null)]
    [InlineData("""{"criterion":1,"test":"Sum > adds"}""", CriterionStanding.Met, "test Sum > adds passed", null)]
    [InlineData("""{"criterion":1,"test":"dds"}""", CriterionStanding.NotShown, null, "It names the test 'dds' as evidence, but that did not run.")]
    [InlineData("""{"criterion":1,"command":"npm test"}""", CriterionStanding.Met, "npm test: exit code 0, 2 of 3 tests passed", null)]
    [InlineData("""{"criterion":1,"command":"npm run lint"}""", CriterionStanding.NotShown, null, "It names the command 'npm run lint' as evidence, but that did not run.")]
    [InlineData("""{"criterion":1,"file":"./src/a.cs"}""", CriterionStanding.NotShown, "src/a.cs +7 -0", null)]
    [InlineData("""{"criterion":1,"file":"src/gone.cs"}""", CriterionStanding.NotShown, null, "It names the file 'src/gone.cs' as evidence, but that does not exist.")]
    [InlineData("""{"criterion":2,"test":"adds"}""", CriterionStanding.NotShown, null, null)]
    [InlineData("""{"criterion":"1","test":"adds"}""", CriterionStanding.NotShown, null, null)]
    [InlineData("""{"criterion":1,"test":7}""", CriterionStanding.NotShown, null, null)]
    [InlineData("\"adds\"", CriterionStanding.NotShown, null, null)]
    public void Of_EvidenceOfTheAgent_IsLookedUp(string claim, CriterionStanding standing, string? evidence, string? contradiction)
    {
        var (criteria, contradictions) = Of(Task("It adds numbers", claim), Tested);

        Assert.Equal(new CriterionResult("It adds numbers", standing, evidence), Assert.Single(criteria));
        Assert.Equal(contradiction is null ? [] : [contradiction], contradictions);
    }

    [Theory]
    [InlineData("src/a.cs exports a function `sum`", CriterionStanding.Met, "src/a.cs holds sum")]
    [InlineData("`src/a.cs` declares `sum` and the type `Sums`.", CriterionStanding.Met, "src/a.cs holds sum, Sums")]
    [InlineData("src/a.cs exports `su`", CriterionStanding.NotShown, "src/a.cs does not hold su")]
    [InlineData("src/a.cs exports `sum` that adds without overflow", CriterionStanding.NotShown, null)]
    [InlineData("src/a.cs no longer exports `sum`", CriterionStanding.NotShown, null)]
    [InlineData("src/a.cs is updated", CriterionStanding.Met, "src/a.cs +7 -0")]
    [InlineData("src/same.cs was changed.", CriterionStanding.NotMet, "src/same.cs is as it was")]
    public void Of_NamesAndChangesThatAFileShallHold_AreLookedUpInIt(string criterion, CriterionStanding standing, string? evidence)
    {
        var measured = Measured() with { Existing = [new("src/a.cs"), new("src/same.cs")], Texts = [new(new("src/a.cs"), "export const sum = 1; type Sums = 2\n")] };

        Assert.Equal(new CriterionResult(criterion, standing, evidence), Assert.Single(CriteriaRules.Of(Task(criterion), measured).Criteria));
    }

    [Theory]
    [InlineData("The page documents `--json`", CriterionStanding.Met, "src/a.cs holds --json")]
    [InlineData("`--json` prints one object a line", CriterionStanding.NotShown, "src/a.cs +7 -0")]
    public void Of_FileAsEvidence_ShowsWhatStandsInItAndNoBehaviour(string criterion, CriterionStanding standing, string evidence)
    {
        var task = Task(criterion, """{"criterion":1,"file":"src/a.cs"}""");

        var (criteria, _) = CriteriaRules.Of(task, Measured() with { Texts = [new(new("src/a.cs"), "Use --json.\n")] });

        Assert.Equal(new CriterionResult(criterion, standing, evidence), Assert.Single(criteria));
        Assert.Equal(standing is CriterionStanding.Met ? ["--json", "src/a.cs"] : [], CriteriaRules.TextsOf(task).Select(path => path.Value));
    }

    [Fact]
    public void Of_LastRun_Counts()
    {
        var task = Task("It adds numbers", """{"criterion":1,"test":"adds"}""", """{"criterion":1,"command":"npm test"}""");

        Assert.Equal(CriterionStanding.Met, Of(task, Broken, Tested).Criteria[0].Standing);
        Assert.Equal(new CriterionResult("It adds numbers", CriterionStanding.NotMet, "test Sum > adds failed"), Of(task, Tested, Broken).Criteria[0]);
    }

    [Fact]
    public void Of_RunnerThatNamesOnlyFailures_MakesNoContradictionOfATestThatIsNotNamed()
    {
        var (criteria, contradictions) = Of(Task("It adds numbers", """{"criterion":1,"test":"subtracts"}"""), Tested with { Cases = [] });

        Assert.Equal((CriterionStanding.NotShown, "test subtracts is not among those that the runner names"), (criteria[0].Standing, criteria[0].Evidence));
        Assert.Empty(contradictions);
    }

    [Fact]
    public void Of_TestThatCouldNotRunYet_IsNoContradictionAndIsShownByTheChecksOfTheWhole()
    {
        var task = Task("It adds numbers", """{"criterion":1,"test":"adds"}""");
        var (criteria, contradictions) = Of(task);
        var report = Some.Report("a") with { Criteria = criteria };
        CriterionStanding After(int exitCode, TestOutcome outcome) => CriteriaRules.Now(task with { Report = report }, Some.Work(1, ["a"], Some.Check(exitCode) with { Cases = [new("Sum > adds", outcome)] }))[0].Standing;

        Assert.Equal([new CriterionResult("It adds numbers", CriterionStanding.NotShown, "test adds has not run")], criteria);
        Assert.Empty(contradictions);
        Assert.Equal("test Sum > adds passed, on all work together", CriteriaRules.Now(task with { Report = report }, Some.Work(1, ["a"], Some.Check() with { Cases = [new("Sum > adds", TestOutcome.Passed)] }))[0].Evidence);
        Assert.Equal(
            new CriterionResult("It adds numbers", CriterionStanding.NotShown, "test adds is not among those that the runner names, on all work together"),
            CriteriaRules.Now(task with { Report = report }, Some.Work(1, ["a"], Some.Check() with { Tests = new(15, 0, 0), Cases = [] }))[0]);
        Assert.Equal((CriterionStanding.Met, CriterionStanding.NotMet), (After(0, TestOutcome.Passed), After(1, TestOutcome.Failed)));
        Assert.Equal(criteria, CriteriaRules.Now(task with { Report = report }, Some.Work(1, ["b"], Some.Check())));
        Assert.Equal(criteria, CriteriaRules.Now(task with { Report = report }, null));
    }

    [Fact]
    public void Of_CommandThatAlwaysSucceeds_ShowsNothing()
    {
        var task = Task("It adds numbers", """{"criterion":1,"command":"echo done"}""");

        Assert.Equal(new CriterionResult("It adds numbers", CriterionStanding.NotShown, "echo done shows nothing"), Of(task, new Ran("echo done", 0, null, [])).Criteria[0]);
    }

    [Fact]
    public void Of_CompletedTaskWithAnUnmetCriterion_IsReportedAsIncomplete()
    {
        var task = Task("src/b.cs exists") with { Outcome = new AttemptOutcome.Completed(new("Wrote it", null)) };

        var report = ReportRules.Of(task, Measured());

        Assert.Equal((TaskReportState.Incomplete, FailureClass.Criterion, "Not met: src/b.cs exists (src/b.cs does not exist)"), (report.State, report.Failure, report.Reason));
    }

    private static (ValueList<CriterionResult> Criteria, ValueList<string> Contradictions) Of(TaskState task, params Ran[] runs) => CriteriaRules.Of(task, Measured(runs));

    private static Evidence Measured(params Ran[] runs) => new([new(new("src/a.cs"), FileChangeKind.Created, 7, 0)]) { Commands = runs.ToValueList(), Existing = [new("src/a.cs")] };

    [Fact]
    public void Of_FinishedAgainWithoutEvidence_LooksUpWhatWasNamedBefore()
    {
        var task = Task("It adds numbers", """{"criterion":1,"test":"adds"}""");
        var again = task with { Turns = task.Turns.Add(Some.Turn(2, AnswerStop.ToolUse, [Some.Finish("""{"status":"complete"}""")], [])) };

        Assert.Equal(new CriterionResult("It adds numbers", CriterionStanding.Met, "test Sum > adds passed"), Assert.Single(Of(again, Tested).Criteria));
    }

    [Fact]
    public void Of_FinishedAgainWithEvidenceForOneCriterion_KeepsWhatWasNamedForTheOthers()
    {
        var task = Task("It adds numbers", """{"criterion":1,"test":"adds"}""", """{"criterion":2,"test":"nothing"}""");
        var again = task with
        {
            Task = task.Task with { Acceptance = ["It adds numbers", "It takes two"] },
            Turns = task.Turns.Add(Some.Turn(2, AnswerStop.ToolUse, [Some.Finish("""{"status":"complete","evidence":[{"criterion":2,"test":"Numbers"}]}""")], [])),
        };

        var (criteria, contradictions) = Of(again, Tested);

        Assert.Equal([CriterionStanding.Met, CriterionStanding.Met], criteria.Select(criterion => criterion.Standing));
        Assert.Empty(contradictions);
    }

    private static TaskState Task(string criterion, params string[] claims)
    {
        var finish = Some.Finish($$"""{"status":"complete","work":"Wrote it","evidence":[{{string.Join(',', claims)}}]}""");
        return TaskState.Planned(Some.Task("a", ["src/a.cs", "src/lane/**"]) with { Acceptance = [criterion] }, new("Haiku-1")) with { Turns = [Some.Turn(1, AnswerStop.ToolUse, [finish], [])] };
    }
}
