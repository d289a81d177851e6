using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>Tasks can be brought into an order.</summary>
internal static class GraphRules
{
    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("dependencies-exist", Exist), new("acyclic", Acyclic)];

    private static IEnumerable<Finding> Exist(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            foreach (var (index, id) in task.DependsOn.Index().Where(dependency => scene.Order.PlaceOf(dependency.Item) is null))
                yield return new($"Task '{task.Id}' depends on '{id}', which is no task of the plan; correct the id, or take it out.", $"/tasks/{place}/dependsOn/{index}");
    }

    private static IEnumerable<Finding> Acyclic(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            if (scene.Order.IsBefore(place, place))
                yield return new($"Task '{task.Id}' depends on itself, directly or through others; cut the circle, or put what both need into a contract.", $"/tasks/{place}/dependsOn");
    }
}
