using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>A plan has its parts, and each has what it needs.</summary>
internal static partial class ShapeRules
{
    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } =
    [
        new("version-known", Version), new("has-tasks", HasTasks), new("ids-unique", UniqueIds), new("ids-kebab-case", KebabIds), new("owns-something", Owns),
        new("has-words", Words), new("estimate-sane", Estimates), new("checks-complete", Checks),
    ];

    private static IEnumerable<Finding> Version(RuleScene scene)
    {
        if (scene.Plan.Version != Plan.SchemaVersion)
            yield return new($"The document has version {scene.Plan.Version}; write version {Plan.SchemaVersion}.", "/version");
    }

    private static IEnumerable<Finding> HasTasks(RuleScene scene)
    {
        if (scene.Plan.Tasks.Count == 0)
            yield return new("The plan has no tasks; add one, or say that the work should not be divided.", "/tasks");
    }

    private static IEnumerable<Finding> UniqueIds(RuleScene scene) =>
        scene.Plan.Tasks.Index().GroupBy(task => task.Item.Id).Where(group => group.Count() > 1)
            .Select(group => new Finding($"{group.Count()} tasks have the id '{group.Key}'; give each its own.", $"/tasks/{group.ElementAt(1).Index}/id"));

    private static IEnumerable<Finding> KebabIds(RuleScene scene) =>
        scene.Plan.Tasks.Index().Where(task => !TaskIdForm().IsMatch(task.Item.Id.Value))
            .Select(task => new Finding($"The task id '{task.Item.Id}' is not kebab-case (a-z, 0-9, single hyphens, at most 40 characters).", $"/tasks/{task.Index}/id"));

    private static IEnumerable<Finding> Owns(RuleScene scene) =>
        scene.Plan.Tasks.Index().Where(task => task.Item.Owns.Paths.Count == 0)
            .Select(task => new Finding($"Task '{task.Item.Id}' owns no path; name the files that it writes.", $"/tasks/{task.Index}/owns"));

    private static IEnumerable<Finding> Words(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            if (string.IsNullOrWhiteSpace(task.Title) || string.IsNullOrWhiteSpace(task.Brief) || string.IsNullOrWhiteSpace(task.CommitMessage))
                yield return new($"Task '{task.Id}' lacks a title, a brief or a commit message.", $"/tasks/{place}");
    }

    private static IEnumerable<Finding> Estimates(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            if (task.Estimate.OutputTokens is not (> 0 and < 200_000))
                yield return new($"Task '{task.Id}' needs an estimate of more than 0 and less than 200000 output tokens.", $"/tasks/{place}/outputTokens");
    }

    private static IEnumerable<Finding> Checks(RuleScene scene) =>
        scene.Plan.Checks.Index().Where(check => string.IsNullOrWhiteSpace(check.Item.Name) || string.IsNullOrWhiteSpace(check.Item.Command))
            .Select(check => new Finding($"The check '{check.Item.Name}' lacks a name or a command.", $"/checks/{check.Index}"));

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z(?<=^.{1,40})", RegexOptions.CultureInvariant)]
    private static partial Regex TaskIdForm();
}
