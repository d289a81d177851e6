using CsCheck;
using Planlane.Values;

namespace Planlane.Planning;

public sealed class PlanGraphTests
{
    // types <- service <- api, types <- tests, docs alone; given in an order that is not the graph's.
    private static readonly Plan Diamond = Some.Plan(
        Some.Task("api", after: ["service"], tokens: 100),
        Some.Task("tests", after: ["types"], tokens: 900),
        Some.Task("types", tokens: 200),
        Some.Task("docs", tokens: 50),
        Some.Task("service", after: ["types"], tokens: 300)) with
    {
        Stages = ["Foundation", "Build"],
    };

    private static readonly Gen<Plan> AcyclicPlans = Gen.Select(Gen.Int[0, 63].Array[1, 6], Gen.Int).Select((masks, seed) =>
    {
        var tasks = masks.Select((mask, index) => Some.Task($"t{index}", after: [.. Enumerable.Range(0, index).Where(earlier => (mask >> earlier & 1) == 1).Select(earlier => $"t{earlier}")]));
        var shuffled = tasks.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Some.Plan(shuffled);
    });

    [Fact]
    public void StagesOf_Plan_AreTheDepthsInThePlansOrder() => Assert.Equal(
        [
            new Stage(1, "Foundation", [Diamond[new("types")], Diamond[new("docs")]]),
            new Stage(2, "Build", [Diamond[new("tests")], Diamond[new("service")]]),
            new Stage(3, null, [Diamond[new("api")]]),
        ],
        PlanGraph.StagesOf(Diamond));

    [Fact]
    public void InDependencyOrder_Plan_KeepsThePlansOrderWhereItMay() =>
        Assert.Equal(Some.Ids("types", "tests", "docs", "service", "api"), PlanGraph.InDependencyOrder(Diamond).Select(task => task.Id).ToValueList());

    [Fact]
    public void RemainingSeconds_Plan_IsTheLongestChainFromATask() => Assert.Equal(
        new Dictionary<TaskId, double> { [new("types")] = 1_100, [new("tests")] = 900, [new("service")] = 400, [new("api")] = 100, [new("docs")] = 50 }.OrderBy(pair => pair.Key.Value),
        PlanGraph.RemainingSeconds(Diamond, task => task.Estimate.OutputTokens).OrderBy(pair => pair.Key.Value));

    [Fact]
    public void AncestorsOf_CycleAndUnknownIds_EndsAndLeavesThemOut()
    {
        var plan = Some.Plan(Some.Task("a", after: ["b", "ghost"]), Some.Task("b", after: ["a"]));

        Assert.Equal(Some.Ids("a", "b"), PlanGraph.AncestorsOf(plan, new("a")).OrderBy(id => id.Value).ToValueList());
        Assert.Equal(2, PlanGraph.InDependencyOrder(plan).Count);
    }

    [Fact]
    public void StagesOf_AnyAcyclicPlan_PutsATaskRightBehindTheLastOfItsDependencies() => AcyclicPlans.Sample(plan =>
    {
        var stages = PlanGraph.StagesOf(plan);
        var numberOf = stages.SelectMany(stage => stage.Tasks.Select(task => (task.Id, stage.Number))).ToDictionary();
        Assert.Equal(Enumerable.Range(1, stages.Count), stages.Select(stage => stage.Number));
        Assert.All(plan.Tasks, task => Assert.Equal(task.DependsOn.Select(id => numberOf[id]).DefaultIfEmpty(0).Max() + 1, numberOf[task.Id]));
    });

    [Fact]
    public void InDependencyOrder_AnyAcyclicPlan_NamesEachTaskOnceBehindItsDependencies() => AcyclicPlans.Sample(plan =>
    {
        var order = PlanGraph.InDependencyOrder(plan).ToList();
        Assert.Equal(plan.Tasks.Select(task => task.Id.Value).Order(), order.Select(task => task.Id.Value).Order());
        Assert.All(order, task => Assert.All(task.DependsOn, id => Assert.True(order.FindIndex(other => other.Id == id) < order.IndexOf(task))));
        Assert.All(order, task => Assert.Equal(
            order.Where(other => PlanGraph.AncestorsOf(plan, other.Id).Contains(task.Id)),
            order.Where(other => Reaches(plan, other, task.Id))));
    });

    [Fact]
    public void Indexer_UnknownTask_Throws() => Assert.Throws<KeyNotFoundException>(() => Diamond[new("ghost")]);

    private static bool Reaches(Plan plan, PlannedTask from, TaskId to) => from.DependsOn.Any(id => id == to || Reaches(plan, plan[id], to));
}
