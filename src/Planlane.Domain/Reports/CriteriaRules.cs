using Planlane.Agents;
using Planlane.Reviews;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>Judges each acceptance criterion by what was measured. What an agent names as evidence is looked up, never believed.</summary>
/// <remarks>
/// <para>Met: a test that the agent or the criterion names ran and passed; a command that it names ran and passed (the last run counts); the criterion asks for no more than that a path is there,
/// or is gone, or was changed, and it is so; it asks for no more than that names stand in a file (that it exports, declares or documents them), the criterion or the agent says in which, and they do;
/// it asks for no more than that tests, or a command, pass, and they do.</para>
/// <para>Not met: the same, and the test or command failed, or the path is not as asked; or the criterion names a file of the task's lane that does not exist and speaks of nothing that shall be gone.</para>
/// <para>Not shown: all else. That a file exists or differs shows nothing of how what is in it behaves, so a file that is named as evidence for that is told and proves nothing more. Named evidence that did not run
/// or does not exist is a contradiction as well, unless no test has run yet, or the runner does not name those that passed, so that nobody can know.</para>
/// </remarks>
public static class CriteriaRules
{
    /// <summary>What the evidence says of each criterion, in order, and where the agent's evidence is none.</summary>
    public static (ValueList<CriterionResult> Criteria, ValueList<string> Contradictions) Of(TaskState task, Evidence evidence)
    {
        var claims = ClaimsOf(task);
        var scene = new CriteriaScene(task, evidence, RunsOf(task, evidence));
        var contradictions = new List<string>();
        var results = new List<CriterionResult>();
        foreach (var (index, criterion) in task.Task.Acceptance.Index())
        {
            var verdicts = scene.ByPaths(criterion).Concat(scene.ByRuns(criterion)).Concat(claims.Where(claim => claim.Criterion == index + 1).SelectMany(claim => scene.ByClaim(claim, criterion))).ToList();
            contradictions.AddRange(verdicts.Select(verdict => verdict.Contradiction).OfType<string>());
            var decisive = Decisive(verdicts);
            results.Add(new CriterionResult(criterion, decisive?.Standing ?? CriterionStanding.NotShown, decisive?.Evidence));
        }

        return (results.ToValueList(), contradictions.Distinct().ToValueList());
    }

    /// <summary>What is known of each criterion after the checks of all work together: a test that no agent could run alone has run by then.</summary>
    /// <param name="task">The task; has a report.</param>
    /// <param name="work">The combined work, or null.</param>
    public static ValueList<CriterionResult> Now(TaskState task, CombinedWork? work)
    {
        var known = task.Report!.Criteria;
        if (work is null || !work.Included.Contains(task.Id))
            return known;
        var claims = ClaimsOf(task);
        var scene = new CriteriaScene(task, new Evidence(task.Report.Files), [.. work.Checks.Select(Ran.Of)]);
        return known.Index().Select(item =>
        {
            var claimed = claims.Where(claim => claim.Criterion == item.Index + 1).Select(claim => claim with { File = null }).SelectMany(claim => scene.ByClaim(claim, item.Item.Criterion));
            var found = Decisive([.. scene.ByRuns(item.Item.Criterion), .. claimed]);
            // What shows nothing still says more than that no test had run by then.
            return found is { Standing: CriterionStanding.NotMet } || (found?.Evidence is not null && item.Item.Standing is CriterionStanding.NotShown)
                ? item.Item with { Standing = found!.Standing, Evidence = $"{found.Evidence}, on all work together" }
                : item.Item;
        }).ToValueList();
    }

    /// <summary>The paths of which it must be known whether they exist: those that criteria name, and those that the agent names as evidence.</summary>
    public static ValueList<RepoPath> PathsOf(TaskState task) => task.Task.Acceptance.SelectMany(CriterionWords.Paths)
        .Concat(task.Task.Acceptance.Select(criterion => CriterionWords.Existence(criterion)?.Path).OfType<RepoPath>())
        .Concat(ClaimsOf(task).Where(claim => claim.File is not null).Select(claim => CriteriaScene.PathOf(claim.File!)))
        .Where(path => path.Problem is null).Distinct().ToValueList();

    /// <summary>The paths whose text must be known: those in which a criterion asks for names.</summary>
    public static ValueList<RepoPath> TextsOf(TaskState task) => task.Task.Acceptance.Index().Where(item => CriterionWords.Stated(item.Item).Count > 0)
        .SelectMany(item => CriterionWords.Paths(item.Item).Concat(ClaimsOf(task).Where(claim => claim.Criterion == item.Index + 1 && claim.File is not null).Select(claim => CriteriaScene.PathOf(claim.File!))))
        .Where(path => path.Problem is null).Distinct().ToValueList();

    /// <summary>The tests that criteria name, or that the agent names as evidence.</summary>
    public static IEnumerable<string> TestsOf(TaskState task) => ClaimsOf(task).Select(claim => claim.Test).OfType<string>()
        .Concat(task.Task.Acceptance.SelectMany(CriterionWords.Quoted).Where(text => !text.Contains('/', StringComparison.Ordinal)));

    /// <summary>Everything that ran on a task's work, oldest first: its agent's commands, then its own check.</summary>
    public static IReadOnlyList<Ran> RunsOf(TaskState task, Evidence evidence) => task.Check is { } check ? [.. evidence.Commands, Ran.Of(check.Result)] : [.. evidence.Commands];

    // An agent that calls finish again after mending need not name again what shows its work: of each criterion what was said last.
    private static ValueList<EvidenceClaim> ClaimsOf(TaskState task) => AgentRules.Finishes(task).Index().SelectMany(said => EvidenceClaim.Read(said.Item).Select(claim => (said.Index, Claim: claim)))
        .GroupBy(said => said.Claim.Criterion).SelectMany(said => said.Where(item => item.Index == said.First().Index)).Select(said => said.Claim).ToValueList();

    // A failure weighs more than a success, and both more than what shows nothing.
    private static CriterionVerdict? Decisive(List<CriterionVerdict> verdicts) =>
        verdicts.Find(verdict => verdict.Standing is CriterionStanding.NotMet) ?? verdicts.Find(verdict => verdict.Standing is CriterionStanding.Met) ?? verdicts.Find(verdict => verdict.Evidence is not null);
}
