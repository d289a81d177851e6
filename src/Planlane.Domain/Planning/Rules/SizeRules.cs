namespace Planlane.Planning.Rules;

/// <summary>No part of a plan is of absurd size.</summary>
internal static class SizeRules
{
    private const int MostTasks = 400, MostPaths = 200, MostPatterns = 300, MostCriteria = 100, MostContracts = 100, MostChecks = 20, MostCovers = 500, MostStages = 400;
    private const int LongestContract = 200_000, LongestBrief = 100_000, LongestText = 5_000;

    /// <summary>The rule.</summary>
    public static PlanRule Sizes { get; } = new("sizes-sane", Find);

    /// <summary>Whether a plan is too large to be looked at.</summary>
    public static bool Exceeds(Plan plan) => TooMany(plan).Concat(TooLong(plan)).Any();

    private static IEnumerable<Finding> Find(RuleScene scene) => TooMany(scene.Plan).Concat(TooLong(scene.Plan));

    private static IEnumerable<Finding> TooMany(Plan plan)
    {
        var lists = new List<(string What, int Count, int Most, string At)>
        {
            ("The plan has {0} tasks", plan.Tasks.Count, MostTasks, "/tasks"),
            ("The lanes have {0} patterns with wildcards", plan.Tasks.Sum(task => task.Owns.Paths.Count(path => path.HasWildcard)), MostPatterns, "/tasks"),
            ("The plan has {0} contracts", plan.Contracts.Count, MostContracts, "/contracts"),
            ("The plan has {0} checks", plan.Checks.Count, MostChecks, "/checks"),
            ("The plan has {0} entries in 'covers'", plan.Covers.Count, MostCovers, "/covers"),
            ("The plan has {0} stage titles", plan.Stages.Count, MostStages, "/stages"),
        };
        foreach (var (place, task) in plan.Tasks.Index())
            lists.AddRange([
                ($"Task '{Short(task.Id.Value)}' owns {{0}} paths", task.Owns.Paths.Count, MostPaths, $"/tasks/{place}/owns"),
                ($"Task '{Short(task.Id.Value)}' reads {{0}} files", task.Reads.Count, MostPaths, $"/tasks/{place}/reads"),
                ($"Task '{Short(task.Id.Value)}' depends on {{0}} tasks", task.DependsOn.Count, MostTasks, $"/tasks/{place}/dependsOn"),
                ($"Task '{Short(task.Id.Value)}' has {{0}} criteria", task.Acceptance.Count, MostCriteria, $"/tasks/{place}/acceptance"),
                ($"Task '{Short(task.Id.Value)}' moves {{0}} files", task.Moves.Count, MostPaths, $"/tasks/{place}/moves"),
                ($"Task '{Short(task.Id.Value)}' changes the signatures of {{0}} files", task.ChangesSignatures.Count, MostPaths, $"/tasks/{place}/changesSignatures"),
            ]);
        return lists.Where(list => list.Count > list.Most)
            .Select(list => new Finding($"{list.What.Replace("{0}", $"{list.Count}", StringComparison.Ordinal)}; at most {list.Most} are taken. Divide the request, or name folders instead of files.", list.At));
    }

    private static IEnumerable<Finding> TooLong(Plan plan)
    {
        foreach (var (place, contract) in plan.Contracts.Index().Where(contract => contract.Item.Content.Length > LongestContract))
            yield return new($"The contract '{Short(contract.Path.Value)}' has {contract.Content.Length} characters, at most {LongestContract} are taken; a contract holds signatures and no behaviour.", $"/contracts/{place}/content");
        foreach (var (place, task) in plan.Tasks.Index().Where(task => task.Item.Brief.Length > LongestBrief))
            yield return new($"The brief of task '{Short(task.Id.Value)}' has {task.Brief.Length} characters, at most {LongestBrief} are taken; let it read files instead.", $"/tasks/{place}/brief");
        if (plan.Conventions.Length > LongestBrief)
            yield return new($"The conventions have {plan.Conventions.Length} characters, at most {LongestBrief} are taken; let tasks read files instead.", "/conventions");
        foreach (var (text, at) in PlanTexts.ShortOf(plan).Where(text => text.Text.Length > LongestText))
            yield return new($"A text of {text.Length} characters stands where at most {LongestText} are taken: '{Short(text)}'; shorten it.", at);
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
