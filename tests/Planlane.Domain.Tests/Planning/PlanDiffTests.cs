using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanDiffTests
{
    private static readonly Plan Before = Some.Plan(Some.Task("a"), Some.Task("b", after: ["a"]), Some.Task("c"));

    [Fact]
    public void Between_SamePlan_IsEmpty() => Assert.True(PlanDiff.Between(Before, Before with { Tasks = [.. Before.Tasks] }).IsEmpty);

    [Fact]
    public void Between_TasksThatCameWentAndChanged_AreTold()
    {
        var changed = Some.Task("b", ["src/b.cs", "src/more.cs"], ["d"]) with { Reads = [new("README.md")], Brief = "More." };
        var after = Before with { Tasks = [Before.Tasks[0], changed, Some.Task("d")] };

        var diff = PlanDiff.Between(Before, after);

        Assert.Equal(
            new PlanDiff(
                [
                    new TaskChange(ChangeKind.Changed, changed, ["brief", "owns", "reads", "dependsOn"])
                    {
                        Lane = new ListChange(["src/more.cs"], []),
                        DependsOn = new ListChange(["d"], ["a"]),
                        Reads = new ListChange(["README.md"], []),
                    },
                    new TaskChange(ChangeKind.Added, Some.Task("d"), []),
                    new TaskChange(ChangeKind.Removed, Some.Task("c"), []),
                ],
                [],
                [],
                []),
            diff);
    }

    [Fact]
    public void Between_ContractsAndChecks_AreComparedByName()
    {
        var before = Before with { Contracts = [new(new("a.cs"), "1"), new(new("b.cs"), "1")], Checks = [new("build", "make"), new("test", "make test")] };
        var after = Before with { Contracts = [new(new("b.cs"), "2"), new(new("c.cs"), "1")], Checks = [new("test", "make check")] };

        var diff = PlanDiff.Between(before, after);

        Assert.Equal([new(ChangeKind.Changed, "b.cs"), new(ChangeKind.Added, "c.cs"), new(ChangeKind.Removed, "a.cs")], diff.Contracts);
        Assert.Equal([new(ChangeKind.Changed, "test"), new(ChangeKind.Removed, "build")], diff.Checks);
    }

    [Fact]
    public void Between_OtherMembers_AreNamed()
    {
        var after = Before with
        {
            Suitability = new(true, "Otherwise."),
            Conventions = "Tests by xunit.",
            Stages = ["One"],
            Covers = [new("tests", [new TaskId("a")])],
            Tasks = [Before.Tasks[2], Before.Tasks[0], Before.Tasks[1]],
        };

        Assert.Equal(["suitability", "conventions", "stages", "covers", "tasks order"], PlanDiff.Between(Before, after).Others);
    }

    [Fact]
    public void Between_EveryMemberOfATask_IsCompared()
    {
        var task = Some.Task("a");
        PlannedTask[] changed =
        [
            task with { Title = "x" }, task with { Brief = "x" }, task with { Owns = new([new("x")]) }, task with { Reads = [new("x")] }, task with { DependsOn = [new("x")] },
            task with { Acceptance = ["x"] }, task with { Check = "x" }, task with { Estimate = new(9) }, task with { CommitMessage = "x" }, task with { Model = new("x") },
            task with { ChangesSignatures = [new("x")] }, task with { Moves = [new(new("x"), new("y"))] },
        ];

        // All but the id, by which tasks are compared.
        Assert.Equal(typeof(PlannedTask).GetProperties().Length - 1, changed.Length);
        Assert.All(changed, other => Assert.Single(Assert.Single(PlanDiff.Between(Some.Plan(task), Some.Plan(other)).Tasks).Members));
    }
}
