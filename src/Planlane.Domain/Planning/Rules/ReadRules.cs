using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>Agents are shown only what is there.</summary>
internal static class ReadRules
{
    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("reads-exist", Exist)];

    private static IEnumerable<Finding> Exist(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            foreach (var (index, path) in task.Reads.Index())
                if (!scene.Facts.Has(path) && scene.Plan.Contracts.All(contract => contract.Path != path) && !scene.Lanes.TasksOf(path).Any(owner => scene.Order.IsBefore(owner, place)))
                    yield return new(
                        $"Task '{task.Id}' reads '{path}', which is neither in the repository nor a contract nor written by a task that it depends on.{Meant(scene, path)}",
                        $"/tasks/{place}/reads/{index}");
    }

    private static string Meant(RuleScene scene, RepoPath path)
    {
        if (path.Problem is not null)
            return "";
        var real = scene.Tree.LinkOn(path.Value) is null ? null : scene.Tree.RealPath(path.Value);
        if (real is not null && scene.Facts.Has(new RepoPath(real)))
            return $" Through a symbolic link it is '{real}'; name that.";
        return scene.Lanes.TasksOf(path).ToList() is [var owner, ..]
            ? $" '{scene.IdOf(owner)}' writes it; depend on that task, or put the signatures that are needed into a contract."
            : scene.Tree.Nearest(path) is { } near ? $" Did you mean '{near}'?" : "";
    }
}
