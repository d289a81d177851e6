using Planlane.Reports;
using Planlane.Runs;

namespace Planlane.Reviews;

/// <summary>What is missing in the evidence of every agent alike: it tells none of them apart, so it is said once.</summary>
/// <param name="NotShown">The criteria of all agents that nothing measured shows.</param>
/// <param name="Criteria">All of them.</param>
/// <param name="LacksNames">Whether tests were counted and the runner does not name those that passed, so that no criterion could be shown by one.</param>
public sealed record EvidenceGap(int NotShown, int Criteria, bool LacksNames)
{
    /// <summary>The gap of a run whose work is combined; null when some agent has none, or there are fewer than two.</summary>
    public static EvidenceGap? Of(RunState state)
    {
        if (state.Work is not { } work)
            return null;
        var agents = state.Tasks.Where(task => work.Included.Contains(task.Id) && task.Report is { Criteria.Count: > 0 }).Select(task => CriteriaRules.Now(task, work)).ToList();
        if (agents.Count < 2 || agents.Exists(criteria => criteria.All(IsShown)))
            return null;
        return new EvidenceGap(
            agents.Sum(criteria => criteria.Count(item => !IsShown(item))),
            agents.Sum(criteria => criteria.Count),
            work.Checks.Any(check => check.Tests is { Total: > 0 } && !Ran.Of(check).NamesAll));
    }

    private static bool IsShown(CriterionResult criterion) => criterion.Standing is not CriterionStanding.NotShown;
}
