using Planlane.Cli.Views;
using Planlane.Reviews;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Cli.Dialogue;

/// <summary>A review that was decided in flags or in a file, by the names that a person would type.</summary>
/// <param name="Approve">What is committed: agents, or <c>all</c> for what nothing else is said of.</param>
/// <param name="Reject">What is left out: agents, files, hunks, or <c>all</c> for everything.</param>
/// <param name="Comments">What is to be changed, each with its place.</param>
/// <param name="Viewed">What counts as viewed: agents, files, or <c>all</c>.</param>
/// <param name="Work">The tree that was looked at, or the first digits of it; null when none is named.</param>
internal sealed record GivenReview(ValueList<string> Approve, ValueList<string> Reject, ValueList<GivenComment> Comments, ValueList<string> Viewed, string? Work)
{
    // Fewer digits name a tree by chance.
    private const int LeastDigits = 7;

    /// <summary>Whether something is decided, and not only marked as viewed.</summary>
    public bool Decides => Approve.Count + Reject.Count + Comments.Count > 0;

    /// <summary>Whether commits are to be made now.</summary>
    public bool Approves => Approve.Count > 0 && Comments.Count == 0;

    /// <summary>What the review is to be.</summary>
    /// <exception cref="PlanlaneException">Usage: a name is wrong, something is said twice, or nothing is said of an agent. Stale: it is for other work.</exception>
    public ReviewSelection SelectionFor(RunState state, Review review)
    {
        EnsureWork(state, review);
        var (approved, rejected) = (TargetsOf(Approve, state, review), TargetsOf(Reject, state, review));
        var comments = Comments.Select(comment => ReviewNames.Comment(comment.At, comment.Text, state, review)).ToList();
        EnsureClear(state, review, approved, rejected, comments);
        var kept = approved.Aggregate(ReviewSelection.Of(state), (chosen, target) => chosen.With(target, review));
        var without = (Reject.Any(IsAll) ? TasksOf(review).Select(ReviewTarget.Of) : rejected).Aggregate(kept, (chosen, target) => chosen.Without(target));
        return comments.Aggregate(without, (chosen, comment) => chosen.With(comment));
    }

    /// <summary>The files that count as viewed.</summary>
    public IEnumerable<ReviewFile> ViewedIn(RunState state, Review review) => FilesOf(Viewed, state, review);

    /// <summary>The files of what was approved while others are changed: they count as viewed at the next look.</summary>
    public IEnumerable<ReviewFile> ApprovedIn(RunState state, Review review) => Approves ? [] : FilesOf(Approve, state, review);

    private static bool IsAll(string name) => name.Equals(ReviewNames.All, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<TaskId> TasksOf(Review review) => review.Agents.Where(agent => agent.Standing is not ReviewStanding.NotPart).Select(agent => agent.Task).OfType<TaskId>();

    private static List<ReviewTarget> TargetsOf(ValueList<string> names, RunState state, Review review) => [.. names.Where(name => !IsAll(name)).Select(name => ReviewNames.Target(name, state, review))];

    private static IEnumerable<ReviewFile> FilesOf(ValueList<string> names, RunState state, Review review)
    {
        var targets = TargetsOf(names, state, review);
        return review.AllFiles.Where(file => names.Any(IsAll) || targets.Exists(target => target.Task == file.Task && (target.Path is null || target.Path == file.Path)));
    }

    private void EnsureWork(RunState state, Review review)
    {
        if (Work is not { } seen)
            return;
        if (seen.Length < LeastDigits)
            throw new PlanlaneException(FaultKind.Usage, $"'{seen}' is too short to name work.", $"Give at least {LeastDigits} digits of its tree.");
        if (!review.Work.Value.StartsWith(seen, StringComparison.OrdinalIgnoreCase))
            throw new PlanlaneException(FaultKind.Stale, $"The decision is for the work {seen}, but the work of this run is {ReviewView.Short(review)}.", $"Look at it and decide: planlane review {state.Id}");
    }

    // What is not named is neither approved nor rejected by accident.
    private void EnsureClear(RunState state, Review review, List<ReviewTarget> approved, List<ReviewTarget> rejected, List<ReviewComment> comments)
    {
        bool IsWhole(ReviewTarget target) => target.Path is null;
        string AgentOf(TaskId id) => state.Task(id).Agent.Value;
        foreach (var target in approved.Concat(rejected))
            if (review.Find(target.Task) is not { Standing: not ReviewStanding.NotPart })
                throw new PlanlaneException(FaultKind.Usage, $"The work of {AgentOf(target.Task)} is not part of what can be committed.", $"See why: planlane show {state.Id} {AgentOf(target.Task)}");
        if (approved.FirstOrDefault(target => rejected.Contains(target)) is { } twice)
            throw new PlanlaneException(FaultKind.Usage, $"{ReviewSelectionView.NameOf(state, twice)} is both approved and rejected.");
        if (comments.FirstOrDefault(comment => rejected.Exists(target => IsWhole(target) && target.Task == comment.Task)) is { Task: { } changed })
            throw new PlanlaneException(FaultKind.Usage, $"{AgentOf(changed)} is rejected and asked for changes.", "Say one of the two.");
        if (Approve.Any(IsAll) || Reject.Any(IsAll) || comments.Exists(comment => comment.Task is null))
            return;
        bool IsSaid(TaskId id) => approved.Exists(target => target.Task == id) || rejected.Exists(target => IsWhole(target) && target.Task == id) || comments.Exists(comment => comment.Task == id);
        var unsaid = TasksOf(review).Where(id => !state.LeftOut.Contains(id) && !IsSaid(id)).ToList();
        if (unsaid.Count > 0)
            throw new PlanlaneException(FaultKind.Usage, $"Nothing is said of {string.Join(", ", unsaid.Select(AgentOf))}.", "Approve or reject each agent; --approve all approves all that is not rejected.");
    }
}

/// <summary>Words with the place that they are about.</summary>
/// <param name="At">An agent, a file of it, or a line of the file: <c>Haiku-4:auth/jwt.cs:31</c>.</param>
/// <param name="Text">The words.</param>
internal sealed record GivenComment(string At, string Text);
