using Planlane.Budgets;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>A plan stays within what the user set and the models take.</summary>
internal static class LimitRules
{
    // The rules and tools that every agent is sent: what the reference arithmetic of Counterfactual takes for a prefix.
    private const int PrefixTokens = 4_000;

    // The rest of a context is for the turns: results of tools, and repairs.
    private const double UsableContext = 0.8;

    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("agents-within-limit", Agents), new("agents-as-asked", AsAsked), new("models-known", Models), new("fits-context", Fits)];

    /// <summary>What is asked of a plan that says no although the user insists.</summary>
    public static PlanRule DivisionInsisted { get; } = new("division-insisted", scene =>
        [new($"The user wants the work divided whatever speaks against it ({scene.Plan.Suitability.Reason}); set suitability.orchestrate to true and divide it as well as it can be.", "/suitability/orchestrate")]);

    private static IEnumerable<Finding> Agents(RuleScene scene)
    {
        if (scene.Plan.Tasks.Count > scene.Settings.MaxAgents)
            yield return new($"The plan has {scene.Plan.Tasks.Count} tasks, and at most {scene.Settings.MaxAgents} agents may work on it; put tasks together that belong together.", "/tasks");
    }

    private static IEnumerable<Finding> AsAsked(RuleScene scene)
    {
        if (scene.Request.Agents is { } agents && scene.Plan.Tasks.Count != agents)
            yield return new($"The plan has {scene.Plan.Tasks.Count} tasks, and the user wants {agents} agents, one a task; divide the work into exactly {agents} tasks.", "/tasks");
    }

    private static IEnumerable<Finding> Models(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            if (task.Model is { } id && scene.Settings.Find(id) is null)
                yield return new($"Task '{task.Id}' names the model '{id}', which is not in the catalogue; name one of {string.Join(", ", scene.Settings.Models.Select(model => model.Id).Prepend(scene.Settings.Agent.Id).Distinct())}, or null.", $"/tasks/{place}/model");
    }

    private static IEnumerable<Finding> Fits(RuleScene scene)
    {
        var common = scene.Plan.Tasks.SelectMany(task => task.Reads.Distinct()).GroupBy(path => path).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var shared = PrefixTokens + TokensOf(scene, common) + TokenCount.Of(scene.Plan.Conventions)
            + scene.Plan.Contracts.Sum(contract => (long)TokenCount.Of(contract.Content))
            + scene.Plan.Tasks.Sum(task => (long)TokenCount.Of(task.Title) + task.Owns.Paths.Sum(path => TokenCount.Of(path.Value)));
        foreach (var (place, task) in scene.Plan.Tasks.Index())
        {
            var model = scene.Settings.ModelOf(task);
            var files = TokensOf(scene, task.Reads.Concat(task.Owns.Named).Where(path => !common.Contains(path)).Distinct());
            var tokens = shared + files + TokenCount.Of(task.Brief) + BriefReferences.Of(scene.Plan, task).Sum(named => TokenCount.Of(named.Brief)) + task.Acceptance.Sum(criterion => TokenCount.Of(criterion)) + task.Estimate.OutputTokens;
            if (tokens > UsableContext * model.ContextTokens)
                yield return new(
                    $"Task '{task.Id}' needs about {tokens} tokens ({shared} that all share, {files} of its own files, {task.Estimate.OutputTokens} to write), more than {UsableContext * 100:0} % of the {model.ContextTokens} of {model.Id}; divide it, or let it read less.",
                    $"/tasks/{place}");
        }
    }

    private static long TokensOf(RuleScene scene, IEnumerable<RepoPath> files) => files.Sum(path => scene.Facts.Find(path) is { } file ? (long)TokenCount.OfBytes(file.Bytes) : 0);
}
