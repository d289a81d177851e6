using Planlane.Agents;
using Planlane.Values;

namespace Planlane.Reports;

/// <summary>Finds whose files a failed check names.</summary>
public static class Blame
{
    /// <summary>For each task that failed checks concern, what its agent reads; empty when no check failed.</summary>
    /// <remarks>A failure for want of something on the machine concerns nobody: no agent can mend it. A failure whose diagnostics and output name no owned file goes to the tasks that nothing depends on: they saw the most of the work.</remarks>
    public static IReadOnlyDictionary<TaskId, string> Of(IEnumerable<CheckResult> checks, ValueList<TaskState> tasks)
    {
        var blamed = new Dictionary<TaskId, string>();
        foreach (var check in checks.Where(check => !check.Passed && FailureRules.ClassOf(check) is not FailureClass.Environment))
        {
            var named = tasks.Where(task => check.Diagnostics.Any(item => item.Path is { } path && Concerns(task, path))).ToList();
            if (named.Count == 0)
                named = tasks.Where(task => task.Changes.Files.Any(file => check.Output.Contains(file.Path.Value, StringComparison.Ordinal))).ToList();
            foreach (var task in named.Count > 0 ? named : Last(tasks))
                blamed[task.Id] = (blamed.TryGetValue(task.Id, out var before) ? before + "\n\n" : "")
                    + (named.Count > 0 ? "" : "No file of yours is named below. If the cause is not in your lane, change nothing and call finish again.\n")
                    + check.ForAgent(named.Count > 0 ? path => Concerns(task, path) : null);
        }

        return blamed;
    }

    /// <summary>Whether a file is of a task's lane, or was changed by its agent.</summary>
    internal static bool Concerns(TaskState task, RepoPath path) => task.Lane.Includes(path) || task.Changes.Find(path) is not null;

    private static IEnumerable<TaskState> Last(ValueList<TaskState> tasks) =>
        tasks.Where(task => task.IsComplete && !tasks.Any(other => other.Task.DependsOn.Contains(task.Id)));
}
