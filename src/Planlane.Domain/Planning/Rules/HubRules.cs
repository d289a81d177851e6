using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>A file that many parts touch is written early or late, not beside the parts.</summary>
internal static class HubRules
{
    private const int MostNamed = 4;

    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("hubs-isolated", Isolated)];

    private static IEnumerable<Finding> Isolated(RuleScene scene)
    {
        var areas = new HubAreas(scene.Lanes, scene.Facts);
        foreach (var hub in areas.Owned)
        {
            var concerned = areas.TasksIn(hub).ToList();
            foreach (var owner in hub.Owners)
                if (concerned.Where(task => scene.Order.AreTogether(owner.Task, task)).ToList() is { Count: > 0 } beside)
                    yield return new(
                        $"Task '{scene.IdOf(owner.Task)}' owns '{hub.Path}', {KindOf(hub.Kind)}, and can run at the same time as {Listed(scene, beside)}, which it concerns; "
                        + "make it an early task that they depend on, or one late task that depends on them, or put the file into the contracts.",
                        At(owner));
            foreach (var (first, second) in hub.Owners.Zip(hub.Owners.Skip(1)))
                if (!MayShare(scene, first.Task, second.Task))
                    yield return new(
                        $"Tasks '{scene.IdOf(first.Task)}' and '{scene.IdOf(second.Task)}' both own '{hub.Path}', {KindOf(hub.Kind)}; let one late task write all of it, or let the first of them depend on nothing.",
                        At(second));
        }
    }

    // One task may prepare the file before everything else, and one may finish it; two that can run together are the business of lanes-disjoint.
    private static bool MayShare(RuleScene scene, int one, int other)
    {
        if (scene.Order.AreTogether(one, other))
            return true;
        return scene.Order.CountBefore(scene.Order.IsBefore(one, other) ? one : other) == 0;
    }

    private static string At(LaneItem item) => $"/tasks/{item.Task}/owns/{item.Index}";

    private static string Listed(RuleScene scene, List<int> tasks) =>
        string.Join(", ", tasks.Take(MostNamed).Select(task => $"'{scene.IdOf(task)}'")) + (tasks.Count > MostNamed ? $" and {tasks.Count - MostNamed} more" : "");

    private static string KindOf(HubKind kind) => kind switch
    {
        HubKind.ManyDependants => "which many files use",
        HubKind.Registration => "which puts the parts together",
        HubKind.Routes => "which names the routes",
        HubKind.Project => "a project file",
        HubKind.LockFile => "a lock file",
        _ => "one of a sequence of migrations",
    };
}
