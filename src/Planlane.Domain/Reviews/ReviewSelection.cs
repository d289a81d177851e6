using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>All that a reviewer wants of one review. Immutable: each choice makes another.</summary>
/// <param name="LeftOut">What is left out of what is proposed; a file stands here once. What is not named is kept, also when it was left out before.</param>
/// <param name="Comments">What is to be changed; with none, the rest is approved.</param>
public sealed record ReviewSelection(ValueList<ReviewTarget> LeftOut, ValueList<ReviewComment> Comments)
{
    /// <summary>What stands now: what the reviewer left out before, and no comment.</summary>
    public static ReviewSelection Of(RunState state) => new(
        state.LeftOut.Select(ReviewTarget.Of)
            .Concat(state.Tasks.Where(task => !state.LeftOut.Contains(task.Id)).SelectMany(task => ReviewedChanges.PartsOf(state, task)).Select(part => new ReviewTarget(part.Task, part.Path, part.Kept is null ? [] : part.Hunks)))
            .ToValueList(),
        []);

    /// <summary>What it means: a task or a whole file that is to be changed by a comment is not left out, as its agent works on it again.</summary>
    public ReviewSelection Effective => Comments.Count == 0 ? this : this with
    {
        LeftOut = LeftOut.Where(target => target.Hunks.Count > 0 || !Comments.Any(comment => comment.Task == target.Task && (target.Path is null || comment.Path == target.Path))).ToValueList(),
    };

    /// <summary>Whether a task, a file, or a hunk of it is left out, by itself or with what holds it.</summary>
    public bool LeavesOut(ReviewTarget target) => LeftOut.Any(other => other.Task == target.Task && (other.Path is null || (other.Path == target.Path
        && (other.Hunks.Count == 0 || (target.Hunks.Count > 0 && target.Hunks.All(other.Hunks.Contains))))));

    /// <summary>With something left out.</summary>
    public ReviewSelection Without(ReviewTarget target)
    {
        if (LeavesOut(target))
            return this;
        var same = LeftOut.FirstOrDefault(other => other.Task == target.Task && other.Path == target.Path);
        var whole = target.Hunks.Count > 0 && same is not null ? target with { Hunks = same.Hunks.Concat(target.Hunks).Distinct().ToValueList() } : target;
        return this with { LeftOut = LeftOut.Where(other => other.Task != target.Task || (target.Path is not null && other.Path != target.Path)).Append(whole).ToValueList() };
    }

    /// <summary>With something kept; to keep a task is to keep all of it, and to keep a file all of its hunks.</summary>
    /// <param name="target">What is kept.</param>
    /// <param name="review">Knows the other files of a task that was left out: they stay so.</param>
    public ReviewSelection With(ReviewTarget target, Review review)
    {
        if (target.Path is null)
            return this with { LeftOut = LeftOut.Where(other => other.Task != target.Task).ToValueList() };
        var opened = LeftOut.Any(other => other.Task == target.Task && other.Path is null) ? Opened(target.Task, review) : this;
        return opened with { LeftOut = opened.LeftOut.SelectMany(other => other.Task == target.Task && other.Path == target.Path ? Rest(other, target) : [other]).ToValueList() };
    }

    /// <summary>With words for an agent.</summary>
    public ReviewSelection With(ReviewComment comment) => this with { Comments = Comments.Add(comment) };

    private ReviewSelection Opened(TaskId task, Review review) => this with
    {
        LeftOut = LeftOut.Where(other => other.Task != task).Concat(review.Find(task)?.Files.Select(file => ReviewTarget.Of(task, file.Path)) ?? []).ToValueList(),
    };

    private static IEnumerable<ReviewTarget> Rest(ReviewTarget leftOut, ReviewTarget kept)
    {
        var rest = leftOut.Hunks.Where(hunk => !kept.Hunks.Contains(hunk)).ToValueList();
        return kept.Hunks.Count == 0 || rest.Count == 0 ? [] : [leftOut with { Hunks = rest }];
    }
}
