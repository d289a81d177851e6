using System.Text.RegularExpressions;
using Planlane.Values;

namespace Planlane.Planning.Rules;

/// <summary>Everything that the request and the criteria ask for is somebody's.</summary>
internal static partial class CoverageRules
{
    /// <summary>The rules.</summary>
    public static ValueList<PlanRule> All { get; } = [new("items-covered", Covered), new("criteria-owned", Owned)];

    private static IEnumerable<Finding> Covered(RuleScene scene)
    {
        var covered = scene.Plan.Covers.Where(cover => cover.Tasks.Any(id => scene.Order.PlaceOf(id) is not null)).Select(cover => Folded(cover.Item)).ToHashSet();
        return scene.Request.Constraints.Concat(scene.Request.SplitHints).Where(item => !covered.Contains(Folded(item)))
            .Select(item => new Finding($"Nothing in 'covers' names the item \"{item}\" with a task that satisfies it; repeat the item word for word.", "/covers"));
    }

    // Models wrap lines and double blanks; nothing else of an item may change.
    private static string Folded(string item) => string.Join(' ', item.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Finding> Owned(RuleScene scene)
    {
        foreach (var (place, task) in scene.Plan.Tasks.Index())
            foreach (var (index, criterion) in task.Acceptance.Index())
                foreach (var path in PathsIn(scene, criterion).Distinct().Where(path => !task.Reads.Contains(path) && !IsWritten(scene, path)))
                    yield return new($"A criterion of task '{task.Id}' names '{path}', which no task owns; give it an owner, let the task read it, or say the criterion without it.", $"/tasks/{place}/acceptance/{index}");
    }

    private static bool IsWritten(RuleScene scene, RepoPath path) => scene.IsContract(path) || scene.Lanes.OwnersOf(path).Any();

    // A path with folders is meant as one; between backticks also one without an extension that the tree has; a bare name only when exactly one file has it.
    private static IEnumerable<RepoPath> PathsIn(RuleScene scene, string criterion)
    {
        foreach (var path in PathForm().Matches(criterion).Select(match => new RepoPath(match.Value)))
            if (path.Problem is null)
                yield return path;
        foreach (var path in QuotedForm().Matches(criterion).Select(match => new RepoPath(match.Groups["path"].Value)))
            if (scene.Facts.Has(path))
                yield return path;
        foreach (var name in NameForm().Matches(criterion).Select(match => match.Value).Concat(QuotedForm().Matches(criterion).Select(match => match.Groups["path"].Value)))
            if (!name.Contains('/') && scene.Tree.Named(name) is [var only] && only.Name == name && !WritesName(scene, name))
                yield return only;
    }

    // A new file of the name is meant rather than the old one elsewhere.
    private static bool WritesName(RuleScene scene, string name) =>
        scene.Lanes.Items.Any(item => !item.Glob.HasWildcard && new RepoPath(item.Glob.Value).Name == name) || scene.Plan.Contracts.Any(contract => contract.Path.Name == name);

    // A word with a slash and an extension; a URL or a media type has none of ours.
    [GeneratedRegex(@"(?<![\w:/.@-])[\w.-]+(?:/[\w.-]+)+\.[A-Za-z]{1,5}(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm();

    [GeneratedRegex(@"`(?<path>[\w.@+-]+(?:/[\w.@+-]+)*)`", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedForm();

    // A name with an extension that stands alone; not the end of a path or of an address.
    [GeneratedRegex(@"(?<![\w:/.@-])\w[\w-]*(?:\.[\w-]+)*\.[A-Za-z]{1,6}(?![\w/(])", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
