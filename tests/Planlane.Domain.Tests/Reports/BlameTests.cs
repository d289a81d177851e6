using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reports;

public sealed class BlameTests
{
    private static readonly RunState Worked =
        Some.Prepared(Some.Plan(Some.Task("types"), Some.Task("service", after: ["types"]), Some.Task("docs", owns: ["docs/"]))).Worked("types").Worked("service").Worked("docs");

    [Fact]
    public void Of_ChecksThatPassed_BlamesNobody() => Assert.Empty(Blame.Of([Some.Check()], Worked.Tasks));

    [Fact]
    public void Of_FailureThatNamesFiles_GoesToTheirOwnersWithTheirOwnDiagnostics() => Assert.Equal(
        new Dictionary<TaskId, string>
        {
            [new("types")] = "The check 'build' (dotnet build) failed with exit code 1:\nSRC/types.cs(1,1): error",
            [new("docs")] = "The check 'build' (dotnet build) failed with exit code 1:\ndocs/a.md(1,1): error\ndocs/b.md(1,1): error",
        },
        Blame.Of([Some.Check(1, "SRC/types.cs", "docs/a.md", "other.cs", "docs/b.md")], Worked.Tasks));

    [Fact]
    public void Of_FailureInAFileThatATaskWroteOutsideItsLane_GoesToIt()
    {
        var tasks = Worked.Tasks.Replace(task => task.Id.Value == "docs", task => task with { Changes = Some.Changes("extra.cs") });

        Assert.Equal([new TaskId("docs")], Blame.Of([Some.Check(1, "extra.cs")], tasks).Keys);
    }

    [Theory]
    [InlineData(new string[0], "it broke")]
    [InlineData(new[] { "nobody.cs" }, "nobody.cs(1,1): error")]
    public void Of_FailureThatNamesNoOwnedFile_GoesToTheTasksThatNothingDependsOn(string[] diagnosed, string facts)
    {
        var text = $"No file of yours is named below. If the cause is not in your lane, change nothing and call finish again.\nThe check 'build' (dotnet build) failed with exit code 2:\n{facts}";

        Assert.Equal(new Dictionary<TaskId, string> { [new("service")] = text, [new("docs")] = text }, Blame.Of([Some.Check(2, diagnosed)], Worked.Tasks));
    }

    [Fact]
    public void Of_OutputThatMentionsAWrittenFile_GoesToItsOwnerAlone()
    {
        var task = Worked.Tasks[0] with { Changes = Some.Changes("src/lib/odd.js") };
        var check = Some.Check(1) with { Output = "the linter stopped at src/lib/odd.js without a place" };

        Assert.Equal([task.Id], Blame.Of([check], [task, .. Worked.Tasks.Skip(1)]).Keys);
    }

    [Fact]
    public void Of_SeveralFailures_AreReadTogether()
    {
        var build = Some.Check(1, "docs/a.md");
        var lint = Some.Check(1, "docs/b.md") with { Name = "lint" };

        Assert.Equal(
            "The check 'build' (dotnet build) failed with exit code 1:\ndocs/a.md(1,1): error\n\nThe check 'lint' (dotnet build) failed with exit code 1:\ndocs/b.md(1,1): error",
            Blame.Of([build, Some.Check(), lint], Worked.Tasks)[new("docs")]);
    }

    [Fact]
    public void ForAgent_LongOutput_IsItsEnd()
    {
        var text = (Some.Check(1) with { Output = new string('a', 10_000) + "the end" }).ForAgent();

        Assert.EndsWith("aaathe end", text);
        Assert.True(text.Length < 4_200, $"{text.Length} characters");
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(-1, 0, false)]
    public void Passed_ExitCodeAndFailedTests_NeedsBothToBeZero(int exitCode, int failed, bool expected) =>
        Assert.Equal(expected, (Some.Check(exitCode) with { Tests = new(3, failed, 0) }).Passed);
}
