using Planlane.Planning;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>What builds on the parts that a reviewer is about to leave out, as far as the plan and the code tell; said before the yes, as the checks of the rest may not see it.</summary>
public static class ReviewConsequences
{
    private const int MostFiles = 3;

    /// <summary>A sentence for each agent that stays and builds on something that would be left out; empty when none does.</summary>
    /// <param name="state">The run.</param>
    /// <param name="review">Its review.</param>
    /// <param name="selection">What is about to be left out.</param>
    public static ValueList<string> Of(RunState state, Review review, ReviewSelection selection)
    {
        var gone = selection.LeftOut.Where(target => target.Path is null).Select(target => target.Task).ToHashSet();
        var kept = review.Agents.Where(agent => agent.Task is { } id && !gone.Contains(id) && agent.Standing is ReviewStanding.Kept or ReviewStanding.LeftOutInPart).ToList();
        return OfTasks(state, review, gone, kept).Concat(selection.LeftOut.SelectMany(target => OfFiles(review, selection, target, kept))).Distinct().ToValueList();
    }

    private static IEnumerable<string> OfTasks(RunState state, Review review, HashSet<TaskId> gone, List<ReviewAgent> kept)
    {
        foreach (var agent in kept)
            foreach (var below in PlanGraph.AncestorsOf(state.Plan!, agent.Task!.Value).Where(gone.Contains))
                yield return $"{agent.Agent} builds on {NameOf(state, review, below)} by the plan.";
    }

    private static IEnumerable<string> OfFiles(Review review, ReviewSelection selection, ReviewTarget target, List<ReviewAgent> kept)
    {
        var owner = review.Find(target.Task);
        foreach (var file in owner?.Files.Where(file => target.Path is null || file.Path == target.Path) ?? [])
            foreach (var agent in kept)
            {
                var users = agent.Files.Select(other => other.Path)
                    .Where(path => path != file.Path && file.UsedBy.Contains(path) && !selection.LeftOut.Any(other => other.Task == agent.Task && other.Path == path && other.Hunks.Count == 0)).ToList();
                if (users.Count > 0)
                    yield return $"{Listed(users)} of {agent.Agent} {(users.Count == 1 ? "uses" : "use")} {file.Path}{(target.Hunks.Count > 0 ? ", of which you leave out a part" : "")}.";
            }
    }

    private static string NameOf(RunState state, Review review, TaskId id) => (review.Find(id)?.Agent ?? state.Task(id).Agent).Value;

    private static string Listed(List<RepoPath> paths) =>
        string.Join(", ", paths.Take(MostFiles)) + (paths.Count > MostFiles ? $" and {paths.Count - MostFiles} more files" : "");
}
