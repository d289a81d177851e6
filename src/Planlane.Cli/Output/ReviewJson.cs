using Planlane.Reports;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Output;

/// <summary>A review as JSON: everything that a script needs to decide on it, and a decision to begin with.</summary>
internal static class ReviewJson
{
    /// <summary>The whole review.</summary>
    public static async Task<object> WholeAsync(RunState state, Review review, ReviewDoor door, int decisionVersion, CancellationToken cancellationToken)
    {
        var agents = new List<object>();
        foreach (var agent in review.Agents)
            agents.Add(await AgentAsync(state, agent, door, cancellationToken).ConfigureAwait(false));
        var files = review.AllFiles.Where(file => file.Task is not null).ToList();
        return new
        {
            Type = "review",
            review.Run,
            review.Round,
            review.Work,
            review.Passed,
            state.Work!.Checks,
            Files = files.Count,
            Viewed = files.Count(file => file.IsViewed),
            Agents = agents,
            Decision = new
            {
                Version = decisionVersion,
                review.Work,
                Approve = review.Agents.Where(agent => agent.Task is not null && agent.Standing is ReviewStanding.Kept or ReviewStanding.LeftOutInPart).Select(agent => agent.Agent),
                Reject = Array.Empty<string>(),
                Comments = Array.Empty<object>(),
            },
        };
    }

    private static async Task<object> AgentAsync(RunState state, ReviewAgent agent, ReviewDoor door, CancellationToken cancellationToken)
    {
        var files = new List<object>();
        foreach (var file in agent.Files)
            files.Add(FileOf(file, await door.HunksAsync(file, cancellationToken).ConfigureAwait(false)));
        var task = agent.Task is { } id ? state.Task(id) : null;
        return new
        {
            agent.Agent,
            agent.Task,
            agent.Title,
            agent.Standing,
            agent.ChangedSinceLastLook,
            agent.Risks,
            Words = task?.Report?.Words,
            Contradictions = task?.Report?.Contradictions,
            Criteria = task?.Report is null ? null : (object)CriteriaRules.Now(task, state.Work),
            task?.Report?.Check,
            Files = files,
        };
    }

    private static object FileOf(ReviewFile file, ValueList<ReviewHunk> hunks) => new
    {
        file.Path,
        file.Kind,
        file.Added,
        file.Deleted,
        file.Before,
        file.After,
        file.ModeBefore,
        file.ModeAfter,
        file.IsBinary,
        file.Standing,
        file.IsViewed,
        file.ChangedSinceLastLook,
        file.Hub,
        file.UsedBy,
        file.Surface,
        file.Risks,
        Hunks = hunks.Select(hunk => new { hunk.Number, hunk.Id, hunk.OldStart, hunk.OldCount, hunk.NewStart, hunk.NewCount, hunk.Heading, hunk.Lines }),
    };
}
