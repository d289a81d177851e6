using Planlane.Agents;
using Planlane.Reviews;
using Planlane.Runs;

namespace Planlane.Reports;

public sealed class FailureRulesTests
{
    [Theory]
    [InlineData(127, "sh: 1: jest: not found\n", FailureClass.Environment)]
    [InlineData(127, "/bin/sh: 1: nope: command not found\n", FailureClass.Environment)]
    [InlineData(1, "python: No module named pytest\n", FailureClass.Environment)]
    [InlineData(1, "error NU1301: Unable to load the service index for source https://example.test/index.json.\n", FailureClass.Environment)]
    [InlineData(1, "npm error code EAI_AGAIN\n", FailureClass.Environment)]
    [InlineData(1, "Unknown host example.test: Name or service not known\n", FailureClass.Environment)]
    [InlineData(1, "write /x: no space left on device\n", FailureClass.Environment)]
    [InlineData(1, "src/a.cs(1,2): error CS1002: ; expected\n", FailureClass.Compile)]
    [InlineData(2, "src/a.ts(1,2): error TS2304: Cannot find name 'y'.\n", FailureClass.Compile)]
    [InlineData(101, "error[E0425]: cannot find value `y` in this scope\n", FailureClass.Compile)]
    [InlineData(1, "  File \"a.py\", line 1\nSyntaxError: invalid syntax\n", FailureClass.Compile)]
    [InlineData(1, "src/a.js\n  1:1  error  Unexpected console statement  no-console\n", FailureClass.Command)]
    public void ClassOf_OutputWithoutTests_IsReadFromItsWords(int exitCode, string output, FailureClass expected) =>
        Assert.Equal(expected, FailureRules.ClassOf(Failed(exitCode, output)));

    [Fact]
    public void ClassOf_TestsThatFailed_AreTestsWhateverTheyPrint() =>
        Assert.Equal(FailureClass.Tests, FailureRules.ClassOf(Failed(1, "Error: getaddrinfo ENOTFOUND example.test") with { Tests = new(3, 1, 0) }));

    [Theory]
    [InlineData(CommandEnd.TimedOut, FailureClass.TimeLimit)]
    [InlineData(CommandEnd.OverLimit, FailureClass.Environment)]
    [InlineData(CommandEnd.NotStarted, FailureClass.Environment)]
    public void ClassOf_CommandThatWasKilled_IsReadFromItsEnd(CommandEnd end, FailureClass expected) =>
        Assert.Equal(expected, FailureRules.ClassOf(Failed(-1, "") with { End = end }));

    [Fact]
    public void ClassOf_WriteThatTheSandboxWithheld_IsTheEnvironmentOnlyThere()
    {
        var check = Failed(1, "touch: cannot touch '/etc/x': Read-only file system");

        Assert.Equal((FailureClass.Environment, FailureClass.Command), (FailureRules.ClassOf(check with { IsSandboxed = true }), FailureRules.ClassOf(check)));
    }

    [Fact]
    public void Feedback_ErrorsOfSeveralLanes_ShowsThoseOfItsOwn()
    {
        var task = TaskState.Planned(Some.Task("a"), new("Haiku-1"));
        var check = Some.Check(1, "src/b.cs", "src/a.cs") with { Tests = new(1, 1, 0), Cases = [new("Shop.A_Adds", TestOutcome.Failed, "Expected 3\nActual 2")] };

        Assert.Equal(
            "The check 'build' (dotnet build) failed with exit code 1:\nFailed test: Shop.A_Adds: Expected 3\nsrc/a.cs(1,1): error",
            FailureRules.Feedback(check, task));
        Assert.Equal(
            "No file of your lane is named in it. If the cause lies elsewhere, change nothing and call finish with status blocked.\nThe check 'build' (dotnet build) failed with exit code 1:\nsrc/b.cs(1,1): error",
            FailureRules.Feedback(Some.Check(1, "src/b.cs"), task));
    }

    [Theory]
    [InlineData(FailureClass.Tests, AttemptReason.First, AttemptReason.Escalation)]
    [InlineData(FailureClass.Loop, AttemptReason.Repair, AttemptReason.Escalation)]
    [InlineData(FailureClass.Environment, AttemptReason.First, null)]
    [InlineData(FailureClass.TimeLimit, AttemptReason.First, null)]
    [InlineData(FailureClass.Tests, AttemptReason.Escalation, null)]
    public void Reported_Incomplete_GoesToThePlannersModelWhereAModelCanHelp(FailureClass failure, AttemptReason was, AttemptReason? next)
    {
        var task = TaskState.Planned(Some.Task("a"), new("Haiku-1")) with { Order = new(1, was), Outcome = new AttemptOutcome.Incomplete("It fails.", null) { Failure = failure } };
        var report = ReportRules.Of(task, new Evidence([]));
        var state = Some.Prepared(Some.Plan(task.Task));
        state = state with { Tasks = [task] };

        var after = state.After(new TaskReported(report)).Task(task.Id);

        Assert.Equal((next, next is null ? TaskReportState.Failed : (TaskReportState?)null), (after.Order?.Reason, after.Report?.State));
    }

    [Fact]
    public void Combined_CheckThatLacksSomethingOfTheMachine_GoesToNoAgent()
    {
        var state = Some.Prepared(Some.Plan(Some.Task("a"))).Worked("a");

        var after = state.After(new WorkCombined(Some.Work(1, ["a"], Failed(127, "sh: 1: jest: not found\n"))));

        Assert.Equal((RunWait.ReviewDecision, false), (after.Waiting, after.Task(new("a")).IsOpen));
    }

    private static CheckResult Failed(int exitCode, string output) => new("test", "npm test", exitCode, null, 1, output, []);
}
