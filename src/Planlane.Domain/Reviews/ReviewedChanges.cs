using Planlane.Agents;
using Planlane.Reports;
using Planlane.Runs;
using Planlane.Values;

namespace Planlane.Reviews;

/// <summary>What of a task's changes the review has kept: the one place that knows it, for combining, committing, and for what other agents see.</summary>
public static class ReviewedChanges
{
    /// <summary>The changes of a task without the parts that the reviewer left out; all of them when none was.</summary>
    public static ChangeSet Of(RunState state, TaskState task) => state.LeftOutParts.Any(part => part.Task == task.Id)
        ? new ChangeSet(task.Changes.Files.Select(file => PartOf(state, task, file) is { } part ? part.Kept : file).OfType<FileChange>().ToValueList())
        : task.Changes;

    /// <summary>The parts of a task that are left out of what it proposes now.</summary>
    public static IEnumerable<LeftOutPart> PartsOf(RunState state, TaskState task) => task.Changes.Files.Select(file => PartOf(state, task, file)).OfType<LeftOutPart>();

    /// <summary>The state with parts left out, or taken in again, in place of what was said of the same files before.</summary>
    internal static RunState With(RunState state, ValueList<LeftOutPart> parts) => parts.Count == 0
        ? state
        : state with
        {
            LeftOutParts = state.LeftOutParts.Where(old => !parts.Any(part => part.Task == old.Task && part.Path == old.Path)).Concat(parts.Where(part => !part.TakesIn)).ToValueList(),
        };

    /// <summary>The state in which these tasks hold only what was kept of their changes, so that their agents go on from what the reviewer wants.</summary>
    internal static RunState Settled(RunState state, Func<TaskId, bool> isConcerned)
    {
        var parts = state.LeftOutParts.Where(part => isConcerned(part.Task)).ToValueList();
        return parts.Count == 0
            ? state
            : state with
            {
                Tasks = state.Tasks.Replace(
                    task => parts.Any(part => part.Task == task.Id),
                    task => task with
                    {
                        Changes = Of(state, task),
                        // A file that the reviewer does not want is not asked for again.
                        ToCreate = task.ToCreate.Where(path => !parts.Any(part => part.Task == task.Id && part.Path == path && part.Kept is null)).ToValueList(),
                    }),
                LeftOutParts = state.LeftOutParts.Where(part => !isConcerned(part.Task)).ToValueList(),
            };
    }

    /// <summary>The parts after tasks hold what was kept of their changes on another base: still known as left out, and still not there.</summary>
    internal static ValueList<LeftOutPart> Moved(ValueList<LeftOutPart> parts, IReadOnlyDictionary<TaskId, ChangeSet> changes) => parts
        .Select(part => changes.GetValueOrDefault(part.Task)?.Find(part.Path) is { } kept ? part with { From = kept.Blob, Kept = kept } : part)
        .ToValueList();

    private static LeftOutPart? PartOf(RunState state, TaskState task, FileChange file) =>
        state.LeftOutParts.FirstOrDefault(part => part.Task == task.Id && part.Path == file.Path && part.From == file.Blob);
}
