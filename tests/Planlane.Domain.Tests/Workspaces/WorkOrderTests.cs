using Planlane.Agents;
using Planlane.Planning;
using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Workspaces;

public sealed class WorkOrderTests
{
    private static readonly Plan Plan = Some.Plan(Some.Task("a"), Some.Task("b"), Some.Task("c"));

    // The first task of the plan took over the last one's file.
    private static readonly RunState Lent = Some.Prepared(Plan).After(new StepBegun(Some.Attempt("a"))).Worked("c")
        .After(new FileRequested(new("a"), new("src/c.cs"), "why") { Decision = FileDecision.Granted, Owner = new TaskId("c") });

    [Fact]
    public void Ordered_FileTakenOver_PutsItsOwnerFirst()
    {
        Assert.Equal(["b", "c", "a"], Ids(WorkOrder.Ordered(Lent)));
        Assert.Equal(["a", "b", "c"], Ids(WorkOrder.Ordered(Some.Prepared(Plan))));
    }

    [Fact]
    public void Combinable_OwnerNotComplete_LeavesOutWhoBuildsOnItsFile()
    {
        var done = Lent.Worked("b").Worked("a");

        Assert.Equal(["b", "c", "a"], Ids(WorkOrder.Combinable(done)));
        Assert.Equal(["b"], Ids(WorkOrder.Combinable(done with { LeftOut = Some.Ids("c") })));
        Assert.Equal(["b"], Ids(WorkOrder.Combinable(done.WithoutReport("c"))));
    }

    [Fact]
    public void Refusal_OwnerLeftOutAlone_SaysWhoBuildsOnIt()
    {
        var combined = Lent.Worked("b").Worked("a").After(new WorkCombined(Some.Work(1, ["b", "c", "a"], Some.Check())));

        Assert.Equal(
            "Haiku-1 took over 'src/c.cs' from Haiku-3 and works on its version; leave out Haiku-1 too, or keep Haiku-3.",
            ReviewRules.Refusal(combined, new ReviewDecision.Approved(Some.Ids("c")), "user"));
        Assert.Null(ReviewRules.Refusal(combined, new ReviewDecision.Approved(Some.Ids("c", "a")), "user"));
        Assert.Null(ReviewRules.Refusal(combined, new ReviewDecision.Approved(Some.Ids("a")), "user"));
    }

    [Fact]
    public void Merged_SeenAgain_KeepsTheNewestOfEachPath() => Assert.Equal(
        [new SeenFile(new("a"), Some.Id('2')), new SeenFile(new("b"), Some.Id('1')), new SeenFile(new("c"), Some.Id('3'))],
        SeenFile.Merged([new(new("a"), Some.Id('1')), new(new("b"), Some.Id('1'))], [new(new("c"), Some.Id('3')), new(new("a"), Some.Id('2'))]));

    [Theory]
    [InlineData("src/a.cs", "docs/**")]
    [InlineData("docs/x.md", "src/a.cs, docs/** but not docs/x.md")]
    [InlineData("DOCS/X.md", "src/a.cs, docs/** but not DOCS/X.md")]
    [InlineData("other.md", "src/a.cs, docs/**")]
    public void Without_Path_IsOwnedNoLonger(string path, string expected)
    {
        var lane = new Ownership([new("src/a.cs"), new("docs/**")]).Without(new(path));

        Assert.Equal(expected, lane.ToString());
        Assert.False(lane.Includes(new(path)));
        Assert.True(lane.Includes(new("docs/y.md")));
        Assert.True(lane.With(new(path)).Includes(new(path)));
    }

    private static IEnumerable<string> Ids(IEnumerable<TaskState> tasks) => tasks.Select(task => task.Id.Value);
}

file static class Reports
{
    public static RunState WithoutReport(this RunState state, string id) => state with { Tasks = state.Tasks.Replace(task => task.Id.Value == id, task => task with { Report = Some.Report(id, TaskReportState.Failed) }) };
}
