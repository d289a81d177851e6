using CsCheck;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanOrderingTests
{
    private static readonly RepositoryFacts Tree = Trees.Of(
        [], [Trees.Source("a/App.csproj", HubKind.Project), Trees.Source("a/Program.cs", HubKind.Registration), Trees.Source("a/Money.cs", HubKind.ManyDependants), Trees.Source("b/Cart.cs", uses: "a/Money.cs")]);

    // Lanes that often meet, some with hubs, and dependencies on earlier and later tasks without a cycle.
    private static readonly Gen<Plan> Plans = Gen.Select(
        Gen.OneOf(new[] { "a/x.cs", "A/x.cs", "a/*.cs", "a/", "b/", "b/Cart.cs", "b/y?.cs", "c/z.cs", "d/", "a/Program.cs", "a/App.csproj", "a/Money.cs", "*/x.cs", "docs/a.md" }.Select(Gen.Const).ToArray()).Array[1, 3],
        Gen.Int[0, 127], Gen.Int[1, 5_000], Gen.Bool).Array[2, 7].Select(tasks => Some.Plan([.. tasks.Select((task, index) => Some.Task(
            $"t{index}",
            owns: task.Item1,
            after: [.. Enumerable.Range(0, tasks.Length).Where(other => (task.Item2 >> other & 1) == 1 && (task.Item4 ? other < index : other < index - 1)).Select(other => $"t{other}")],
            tokens: task.Item3))]));

    [Fact]
    public void Of_TwoTasksThatMeet_LetsTheLaterOneWaitAndSaysSo()
    {
        var ordered = PlanOrdering.Of(Some.Plan(Some.Task("a", owns: ["src/**"], tokens: 970), Some.Task("b", owns: ["src/Auth/*.cs"])), Some.Settings, Some.EmptyRepository);

        Assert.Equal(Some.Ids("a"), ordered.Plan[new("b")].DependsOn);
        Assert.Equal([new PlanNote("lanes-ordered", "'b' now waits for 'a', as both may write 'src/Auth/a.cs'; it starts about 11 s later for that.")], ordered.Notes);
    }

    [Fact]
    public void Of_HubOfTheTaskThatPutsTogether_LetsItWaitForTheParts()
    {
        var plan = Some.Plan(Some.Task("wiring", owns: ["a/Program.cs"]) with { Title = "Wire the parts" }, Some.Task("b", owns: ["a/B.cs"]), Some.Task("c", owns: ["a/C.cs"]));

        var ordered = PlanOrdering.Of(plan, Some.Settings, Tree);

        Assert.Equal(Some.Ids("b", "c"), ordered.Plan[new("wiring")].DependsOn);
        Assert.Equal(["hubs-ordered", "hubs-ordered"], ordered.Notes.Select(note => note.Rule));
        Assert.Equal("'wiring' now waits for 'c', as one of them writes 'a/Program.cs', which concerns the other; it starts no later for that.", ordered.Notes[1].Message);
    }

    [Fact]
    public void Of_TasksThatAllMeet_MakesOneChain()
    {
        var ordered = PlanOrdering.Of(Some.Plan([.. Enumerable.Range(0, 6).Select(number => Some.Task($"t{number}", owns: ["x.cs"]))]), Some.Settings, Some.EmptyRepository);

        Assert.Equal(5, ordered.Notes.Count);
        Assert.Equal(["", "t0", "t1", "t2", "t3", "t4"], ordered.Plan.Tasks.Select(task => string.Join(' ', task.DependsOn)));
    }

    [Fact]
    public void Of_TasksWithAnOrderAlready_ChangesNothing()
    {
        var plan = Some.Plan(Some.Task("a", owns: ["x.cs"], after: ["c"]), Some.Task("b"), Some.Task("c", owns: ["x.cs"]));

        Assert.Equal(new OrderedPlan(plan, []), PlanOrdering.Of(plan, Some.Settings, Some.EmptyRepository));
    }

    [Fact]
    public void Of_PlanWithACircle_IsLeftToTheRules()
    {
        var plan = Some.Plan(Some.Task("a", owns: ["x.cs"], after: ["b"]), Some.Task("b", owns: ["y.cs"], after: ["a"]), Some.Task("c", owns: ["x.cs"]));

        Assert.Equal(new OrderedPlan(plan, []), PlanOrdering.Of(plan, Some.Settings, Some.EmptyRepository));
    }

    [Fact]
    public void Of_AnyPlan_LeavesNoTwoTasksThatCanRunTogetherAndMeet() => Plans.Sample(
        plan =>
        {
            var ordered = PlanOrdering.Of(plan, Some.Settings, Tree).Plan;
            Assert.All(ordered.Tasks, task => Assert.DoesNotContain(task.Id, PlanGraph.AncestorsOf(ordered, task.Id)));
            foreach (var (left, right) in Together(ordered))
                Assert.False(left.Owns.Paths.Any(a => right.Owns.Paths.Any(a.Intersects)), $"{left} {right}");
            Assert.DoesNotContain(new RuleCase(ordered) { Facts = Tree }.Problems, problem => problem.Rule is "lanes-disjoint" && problem.Message.Contains("can run together", StringComparison.Ordinal));
            Assert.DoesNotContain(new RuleCase(ordered) { Facts = Tree }.Problems, problem => problem.Rule is "hubs-isolated" && problem.Message.Contains("at the same time", StringComparison.Ordinal));
        },
        iter: 1_000);

    [Fact]
    public void Of_AnyPlan_AddsNoDependencyThatCouldBeLeftOut() => Plans.Sample(
        plan =>
        {
            var ordered = PlanOrdering.Of(plan, Some.Settings, Tree).Plan;
            foreach (var (before, after) in plan.Tasks.Zip(ordered.Tasks))
            {
                Assert.Equal(before.DependsOn, after.DependsOn.Take(before.DependsOn.Count).ToValueList());
                foreach (var added in after.DependsOn.Skip(before.DependsOn.Count))
                {
                    var without = ordered with { Tasks = ordered.Tasks.Replace(task => task.Id == after.Id, task => task with { DependsOn = task.DependsOn.Where(id => id != added).ToValueList() }) };
                    Assert.DoesNotContain(added, PlanGraph.AncestorsOf(without, after.Id));
                }
            }
        },
        iter: 500);

    [Fact]
    public void Of_AnyPlan_IsDoneAfterOnce() => Plans.Sample(
        plan =>
        {
            var once = PlanOrdering.Of(plan, Some.Settings, Tree);
            Assert.Equal(new OrderedPlan(once.Plan, []), PlanOrdering.Of(once.Plan, Some.Settings, Tree));
            var proof = new RuleCase(plan) { Facts = Tree }.Proof;
            Assert.Equal(proof with { Notes = [] }, new RuleCase(proof.Plan) { Facts = Tree }.Proof);
            Assert.Equal(once.Notes, proof.Notes);
        },
        iter: 500);

    private static IEnumerable<(PlannedTask Left, PlannedTask Right)> Together(Plan plan) =>
        from left in plan.Tasks
        from right in plan.Tasks
        where left.Id != right.Id && !PlanGraph.AncestorsOf(plan, left.Id).Contains(right.Id) && !PlanGraph.AncestorsOf(plan, right.Id).Contains(left.Id)
        select (left, right);
}
