using System.Text.RegularExpressions;
using Planlane.Requests;
using Planlane.Values;

namespace Planlane.Planning;

/// <summary>Proves that a plan can be run by agents that do not see each other.</summary>
public static partial class PlanRules
{
    /// <summary>Every problem of a plan; empty when it may be shown to the user.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="request">What it must cover.</param>
    /// <param name="settings">The limits that it must keep.</param>
    /// <param name="facts">What the repository holds.</param>
    public static ValueList<PlanProblem> Check(Plan plan, RunRequest request, RunSettings settings, RepositoryFacts facts) =>
        plan.Suitability.Orchestrate
            ? Shape(plan).Concat(Paths(plan)).Concat(Graph(plan)).Concat(Lanes(plan)).Concat(Reads(plan, facts)).Concat(Covered(plan, request))
                .Concat(Uncommitted(plan, facts)).Distinct().ToValueList()
            : [];

    private static IEnumerable<PlanProblem> Shape(Plan plan)
    {
        if (plan.Version != Plan.SchemaVersion)
            yield return new("version-known", $"The document has version {plan.Version}; write version {Plan.SchemaVersion}.");
        if (plan.Tasks.Count == 0)
            yield return new("has-tasks", "The plan has no tasks.");
        foreach (var group in plan.Tasks.GroupBy(task => task.Id).Where(group => group.Count() > 1))
            yield return new("ids-unique", $"{group.Count()} tasks have the id '{group.Key}'; give each its own.");
        foreach (var task in plan.Tasks)
        {
            if (!TaskIdForm().IsMatch(task.Id.Value))
                yield return new("ids-kebab-case", $"The task id '{task.Id}' is not kebab-case (a-z, 0-9, single hyphens, at most 40 characters).");
            if (task.Owns.Paths.Count == 0)
                yield return new("owns-something", $"Task '{task.Id}' owns no path; name the files that it writes.");
            if (string.IsNullOrWhiteSpace(task.Title) || string.IsNullOrWhiteSpace(task.Brief) || string.IsNullOrWhiteSpace(task.CommitMessage))
                yield return new("has-words", $"Task '{task.Id}' lacks a title, a brief or a commit message.");
            if (task.Estimate.Minutes is not (> 0 and < 600) || task.Estimate.OutputTokens is not (> 0 and < 200_000))
                yield return new("estimate-sane", $"Task '{task.Id}' needs an estimate of more than 0 minutes and between 1 and 200000 output tokens.");
        }

        foreach (var check in plan.Checks.Where(check => string.IsNullOrWhiteSpace(check.Name) || string.IsNullOrWhiteSpace(check.Command)))
            yield return new("checks-complete", $"The check '{check.Name}' lacks a name or a command.");
    }

    private static IEnumerable<PlanProblem> Paths(Plan plan)
    {
        foreach (var (task, glob) in plan.Tasks.SelectMany(task => task.Owns.Paths.Select(glob => (task, glob))))
            if (glob.Problem is { } problem)
                yield return new("paths-inside", $"Task '{task.Id}' owns '{glob}', which {problem}.");
        foreach (var path in plan.Contracts.Select(contract => contract.Path).Concat(plan.Tasks.SelectMany(task => task.Reads)))
            if (path.Problem is { } problem)
                yield return new("paths-inside", $"The path '{path}' {problem}.");
    }

    private static IEnumerable<PlanProblem> Graph(Plan plan)
    {
        foreach (var task in plan.Tasks)
        {
            foreach (var unknown in task.DependsOn.Where(id => plan.Tasks.All(other => other.Id != id)))
                yield return new("dependencies-exist", $"Task '{task.Id}' depends on '{unknown}', which is no task of the plan.");
            if (PlanGraph.AncestorsOf(plan, task.Id).Contains(task.Id))
                yield return new("acyclic", $"Task '{task.Id}' depends on itself, directly or through others.");
        }
    }

    private static IEnumerable<PlanProblem> Lanes(Plan plan)
    {
        var ancestors = plan.Tasks.DistinctBy(task => task.Id).ToDictionary(task => task.Id, task => PlanGraph.AncestorsOf(plan, task.Id));
        for (var i = 0; i < plan.Tasks.Count; i++)
        {
            var left = plan.Tasks[i];
            foreach (var right in plan.Tasks.Skip(i + 1).Where(right => !ancestors[left.Id].Contains(right.Id) && !ancestors[right.Id].Contains(left.Id)))
                foreach (var (a, b) in left.Owns.Paths.SelectMany(a => right.Owns.Paths.Where(b => a.Intersects(b)).Select(b => (a, b))))
                    yield return new("lanes-disjoint", $"Tasks '{left.Id}' and '{right.Id}' can run together and both own '{a}'{(a == b ? "" : $" / '{b}'")}; give it to one of them, or make one depend on the other.");
            foreach (var contract in plan.Contracts.Where(contract => left.Owns.Includes(contract.Path)))
                yield return new("contracts-unowned", $"Task '{left.Id}' owns the contract '{contract.Path}'; a contract belongs to no task.");
        }

        foreach (var problem in Clashes(plan))
            yield return problem;
        foreach (var group in plan.Contracts.GroupBy(contract => contract.Path.Value.ToUpperInvariant()).Where(group => group.Count() > 1))
            yield return new("contracts-unique", $"The contract '{group.First().Path}' is given {group.Count()} times.");
    }

    // A path that is named as a file and as a folder, by whomever.
    private static IEnumerable<PlanProblem> Clashes(Plan plan)
    {
        var named = plan.Tasks.SelectMany(task => task.Owns.Named).Concat(plan.Contracts.Select(contract => contract.Path)).Distinct().ToList();
        foreach (var file in named)
            foreach (var below in named.Where(path => path.Value.StartsWith(file.Value + "/", StringComparison.OrdinalIgnoreCase)))
                yield return new("lanes-disjoint", $"'{file}' is named as a file, but '{below}' lies below it; name the folder's files, or end a folder with '/'.");
    }

    private static IEnumerable<PlanProblem> Reads(Plan plan, RepositoryFacts facts)
    {
        foreach (var task in plan.Tasks)
        {
            var earlier = plan.Tasks.Where(other => PlanGraph.AncestorsOf(plan, task.Id).Contains(other.Id)).ToList();
            foreach (var path in task.Reads)
                if (!facts.Has(path) && plan.Contracts.All(contract => contract.Path != path) && !earlier.Any(other => other.Owns.Includes(path)))
                    yield return new("reads-exist", $"Task '{task.Id}' reads '{path}', which is neither in the repository nor a contract nor written by a task that it depends on.");
        }
    }

    private static IEnumerable<PlanProblem> Covered(Plan plan, RunRequest request)
    {
        foreach (var item in request.Constraints.Concat(request.SplitHints))
            if (!plan.Covers.Any(cover => cover.Item.Trim() == item && cover.Tasks.Any(id => plan.Tasks.Any(task => task.Id == id))))
                yield return new("items-covered", $"Nothing in 'covers' names the item \"{item}\" with a task that satisfies it; repeat the item word for word.");
        foreach (var (task, criterion) in plan.Tasks.SelectMany(task => task.Acceptance.Select(criterion => (task, criterion))))
            foreach (var path in PathsIn(criterion).Where(path => !task.Reads.Contains(path) && !IsWritten(plan, path)))
                yield return new("criteria-owned", $"A criterion of task '{task.Id}' names '{path}', which no task owns.");
    }

    private static IEnumerable<PlanProblem> Uncommitted(Plan plan, RepositoryFacts facts)
    {
        foreach (var path in facts.Protected)
        {
            foreach (var task in plan.Tasks.Where(task => task.Owns.Includes(path) && !IsWhole(plan)))
                yield return new("uncommitted-kept", $"Task '{task.Id}' owns '{path}', which has uncommitted changes of the user; leave it alone.");
            if (plan.Contracts.Any(contract => contract.Path.Value.Equals(path.Value, StringComparison.OrdinalIgnoreCase)))
                yield return new("uncommitted-kept", $"A contract would replace '{path}', which has uncommitted changes of the user; choose another path.");
        }
    }

    // The lane of one agent alone is the whole repository; what it may not write is refused at the moment of writing.
    private static bool IsWhole(Plan plan) => plan.Tasks is [{ Owns.Paths: [{ Value: "**" }] }];

    private static bool IsWritten(Plan plan, RepoPath path) =>
        plan.Contracts.Any(contract => contract.Path == path) || plan.Tasks.Any(task => task.Owns.Includes(path));

    private static IEnumerable<RepoPath> PathsIn(string criterion) =>
        PathForm().Matches(criterion).Select(match => new RepoPath(match.Value)).Where(path => path.Problem is null);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z(?<=^.{1,40})", RegexOptions.CultureInvariant)]
    private static partial Regex TaskIdForm();

    // A word with a slash and an extension; a URL or a media type has none of ours.
    [GeneratedRegex(@"(?<![\w:/.@-])[\w.-]+(?:/[\w.-]+)+\.[A-Za-z]{1,5}(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm();
}
